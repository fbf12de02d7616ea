import type { RecordDocument } from '../../corpus/index.js';
import type { DigestQuery } from '../../digest/index.js';

export interface DigestFormProps {
  readonly documents: readonly RecordDocument[];
  /** What was asked, if anything was. */
  readonly query: DigestQuery | null;
}

/** Topic, and what to limit it to. The years are those of the documents' headings. */
export function DigestForm({ documents, query }: DigestFormProps) {
  const years = [...new Set(documents.flatMap(({ outline }) => outline.flatMap(({ year }) => year ?? [])))];
  return (
    <search>
      <form action="/digest" method="get" class="digest-form">
        <label for="topic">Topic</label>
        <input
          id="topic"
          name="topic"
          type="search"
          value={query?.topic ?? ''}
          maxlength={2000}
          required
          aria-describedby="topic-hint"
        />
        <p class="note" id="topic-hint">
          For example: restorative justice
        </p>
        <fieldset>
          <legend>Years (all where none is chosen)</legend>
          {years
            .sort((a, b) => a - b)
            .map((year) => (
              <label>
                <input
                  type="checkbox"
                  name="year"
                  value={String(year)}
                  checked={query?.filters.years.includes(year)}
                />{' '}
                {year}
              </label>
            ))}
        </fieldset>
        <label for="section">Words of a heading (optional)</label>
        <input
          id="section"
          name="section"
          type="text"
          value={query?.filters.sections[0] ?? ''}
          maxlength={300}
        />
        {documents.length > 1 && <DocumentChoice documents={documents} query={query} />}
        <button type="submit" class="main">
          Make the digest
        </button>
      </form>
    </search>
  );
}

function DocumentChoice({ documents, query }: DigestFormProps) {
  const [chosen] = query?.filters.documents ?? [];
  return (
    <>
      <label for="document">Document</label>
      <select id="document" name="document">
        <option value="">All documents</option>
        {documents.map(({ metadata: { id, title } }) => (
          <option value={id} selected={id === chosen}>
            {title}
          </option>
        ))}
      </select>
    </>
  );
}
