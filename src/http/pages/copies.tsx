import type { CitationText } from './cite.js';

export interface CopiesProps {
  /** Of the fields, on this page. */
  readonly id: string;
  /** What is copied, for those who hear the page. */
  readonly name: string;
  readonly texts: readonly CitationText[];
}

/**
 * Texts to be taken elsewhere: each in a field to select from, with a button that copies it. The script
 * `src/client/copy.ts` shows the buttons, so that there are none that do nothing.
 */
export function Copies({ id, name, texts }: CopiesProps) {
  return (
    <details class="copies no-print">
      <summary>
        Cite<span class="only-heard"> {name}</span>
      </summary>
      {texts.map(({ name: form, text }, index) => (
        <div class="copy">
          <label for={`${id}-${index}`}>
            {form}
            <span class="only-heard"> of {name}</span>
          </label>
          <textarea
            id={`${id}-${index}`}
            readonly
            rows={Math.min(6, text.split('\n').length + 1)}
            spellcheck={false}
          >
            {text}
          </textarea>
          <button type="button" data-copy hidden aria-label={`Copy ${form} of ${name}`}>
            Copy
          </button>
        </div>
      ))}
    </details>
  );
}
