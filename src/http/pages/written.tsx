import type { AnswerView } from '../../response/index.js';
import { type Asked, urlOf } from './asked.js';

interface WrittenProps {
  readonly answer: AnswerView;
  readonly asked: Asked;
}

/** The prose of a written answer, each mark leading to its quotation below, and by what it was written. */
export function WrittenPart({ answer, asked }: WrittenProps) {
  const { mode, generation } = answer;
  if (mode !== 'generated' || !generation) return null;
  return (
    <>
      <p class="written" dir="auto">
        {partsOf(answer.answer ?? '').map(({ text, id }) =>
          id === null ? text : <a href={`#citation-${id}`}>{text}</a>,
        )}
      </p>
      <p class="note">
        Written by {generation.model}; each sentence was checked against the passage that it cites
        {generation.removed > 0 && `, and ${generation.removed} of ${generation.sentences} left out`}.{' '}
        <a href={urlOf('/', { ...asked, answer: 'extractive' })}>Quotations alone</a>
      </p>
    </>
  );
}

/** A text cut at its marks. */
function partsOf(text: string): { readonly text: string; readonly id: number | null }[] {
  return text
    .split(/(\[\d+\])/u)
    .map((part) => ({ text: part, id: /^\[\d+\]$/u.test(part) ? Number(part.slice(1, -1)) : null }));
}
