import type { RecordDocument } from '../../corpus/index.js';
import type { DigestQuery } from '../../digest/index.js';
import { type Asked, isFiltered } from './asked.js';
import { Limits } from './question-form.js';

export interface DigestFormProps {
  readonly documents: readonly RecordDocument[];
  /** What was asked, if anything was. */
  readonly query: DigestQuery | null;
}

/** A topic and what the digest is limited to, as a form that writes them into the page's address. */
export function DigestForm({ documents, query }: DigestFormProps) {
  const asked: Asked = {
    after: [],
    q: query?.topic,
    document: [...(query?.filters.documents ?? [])],
    year: [...(query?.filters.years ?? [])],
    section: [...(query?.filters.sections ?? [])],
    scope: query?.scope ?? true,
    answer: 'generated',
  };
  return (
    <search>
      <form class="question" action="/digest" method="get">
        <label for="topic">Topic, such as “restorative justice”</label>
        <div class="line">
          <input
            id="topic"
            name="topic"
            type="search"
            value={asked.q ?? ''}
            maxlength={2000}
            required
            autocomplete="off"
            dir="auto"
          />
          <button type="submit" class="main">
            Make a digest
          </button>
        </div>
        <details class="filters" open={isFiltered(asked)}>
          <summary>Limit the digest</summary>
          <Limits asked={asked} documents={documents} />
        </details>
      </form>
    </search>
  );
}
