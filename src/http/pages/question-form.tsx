import type { OutlineEntry, RecordDocument } from '../../corpus/index.js';
import { type Asked, isFiltered } from './asked.js';

export interface QuestionFormProps {
  /** The page that answers. */
  readonly page: string;
  readonly label: string;
  readonly button: string;
  /** Another page that takes the same question. */
  readonly other: { readonly page: string; readonly button: string };
  readonly asked: Asked;
  readonly documents: readonly RecordDocument[];
}

/** The question and what the search is limited to, as a form that writes them into the page's address. */
export function QuestionForm({ page, label, button, other, asked, documents }: QuestionFormProps) {
  return (
    <search>
      <form id="question" class="question" action={page} method="get">
        <label for="q">{label}</label>
        <div class="line">
          <input
            id="q"
            name="q"
            type="search"
            value={asked.q ?? ''}
            maxlength={2000}
            required
            autocomplete="off"
            enterkeyhint="search"
            dir="auto"
          />
          <button type="submit" class="main">
            {button}
          </button>
          <button type="submit" formaction={other.page}>
            {other.button}
          </button>
        </div>
        <details class="filters" open={isFiltered(asked)}>
          <summary>Limit the search</summary>
          <Limits asked={asked} documents={documents} />
        </details>
      </form>
    </search>
  );
}

function Limits({ asked, documents }: Pick<QuestionFormProps, 'asked' | 'documents'>) {
  const years = [...new Set(documents.flatMap(({ outline }) => outline.flatMap(({ year }) => year ?? [])))];
  return (
    <div class="limits">
      {documents.length > 1 && (
        <Choices
          legend="Documents"
          name="document"
          choices={documents.map(({ metadata: { id, shortTitle } }) => [id, shortTitle])}
          chosen={asked.document}
        />
      )}
      {years.length > 0 && (
        <Choices
          legend="Years"
          name="year"
          choices={years.sort((a, b) => a - b).map((year) => [String(year), String(year)])}
          chosen={asked.year.map(String)}
        />
      )}
      <Sections asked={asked} documents={documents} />
      <label class="check">
        <input type="checkbox" name="scope" value="false" checked={!asked.scope} /> Search everywhere: words
        of the question such as “in 2022” limit nothing
      </label>
    </div>
  );
}

interface ChoicesProps {
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly chosen: readonly string[];
}

function Choices({ legend, name, choices, chosen }: ChoicesProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="choices">
        {choices.map(([value, text]) => (
          <label>
            <input type="checkbox" name={name} value={value} checked={chosen.includes(value)} /> {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One section to choose; others that the address names stay as they are. */
function Sections({ asked, documents }: Pick<QuestionFormProps, 'asked' | 'documents'>) {
  const [chosen = '', ...others] = asked.section;
  const known = documents.some(({ outline }) => outline.some(({ title }) => title === chosen));
  return (
    <div>
      <label for="section">Section</label>
      <select id="section" name="section">
        <option value="">All sections</option>
        {chosen !== '' && !known && (
          <option value={chosen} selected>
            {chosen}
          </option>
        )}
        {documents.map(({ metadata, outline }) => (
          <optgroup label={metadata.shortTitle}>
            {distinctTitles(outline).map(({ title, level }) => (
              <option value={title} selected={title === chosen}>
                {'\u2003'.repeat(level - 1)}
                {title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {others.map((section) => (
        <input type="hidden" name="section" value={section} />
      ))}
    </div>
  );
}

/** A section is asked for by its title: one that several share is one choice. */
function distinctTitles(outline: readonly OutlineEntry[]): OutlineEntry[] {
  return [...new Map(outline.toReversed().map((entry) => [entry.title, entry])).values()].toReversed();
}
