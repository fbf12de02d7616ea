import type { RecordDocument } from '../../corpus/index.js';
import type { ScopeTerm } from '../../retrieve/index.js';
import type { Understood } from '../../understand/index.js';
import { type Asked, urlOf } from './asked.js';

export interface ChipsProps {
  readonly page: string;
  readonly asked: Asked;
  readonly scope: readonly ScopeTerm[];
  /** What the question was taken for, where others were asked before it. */
  readonly understood?: Understood | undefined;
  readonly documents: readonly RecordDocument[];
}

/** What limits the search, each with a link that takes it away. */
export function Chips({ page, asked, scope, understood, documents }: ChipsProps) {
  const chips = [
    ...understoodChips(asked, understood),
    ...scopeChips(asked, scope),
    ...filterChips(asked, documents),
  ];
  if (chips.length === 0 && asked.scope) return null;
  return (
    <ul class="chips" aria-label="What was understood and limits the search">
      {chips.map(({ says, without }) => (
        <li>
          <span class="says">{says}</span>
          <a class="no-print" href={urlOf(page, without)} title="Remove">
            <span aria-hidden="true">×</span>
            <span class="only-heard">Remove: {says}</span>
          </a>
        </li>
      ))}
      {!asked.scope && (
        <li>
          <span class="says">Words such as “in 2022” limit nothing</span>
          <a class="no-print" href={urlOf(page, { ...asked, scope: true })}>
            Let them
          </a>
        </li>
      )}
    </ul>
  );
}

interface Chip {
  readonly says: string;
  readonly without: Asked;
}

/** Taken away, the question is answered as it was asked. */
function understoodChips(asked: Asked, understood: Understood | undefined): Chip[] {
  return understood?.from === 'history'
    ? [
        {
          says: `“${asked.q}” understood as “${understood.question}”`,
          without: { ...asked, after: [] },
        },
      ]
    : [];
}

function scopeChips(asked: Asked, scope: readonly ScopeTerm[]): Chip[] {
  return scope.map((term) => ({
    says: `“${term.words}” read as ${term.value}${term.mode === 'boost' ? ', put first' : ''}`,
    without: withoutTerm(asked, term, scope),
  }));
}

/** Words are read all together or not at all, so the limits that stay are asked for outright. */
function withoutTerm(asked: Asked, removed: ScopeTerm, scope: readonly ScopeTerm[]): Asked {
  const kept = scope.filter((term) => term !== removed && term.mode === 'filter');
  const years = kept.filter(({ kind }) => kind === 'year').map(({ value }) => Number(value));
  const sections = kept.filter(({ kind }) => kind !== 'year').map(({ value }) => value);
  return {
    ...asked,
    scope: false,
    year: [...new Set([...asked.year, ...years])],
    section: [...new Set([...asked.section, ...sections])],
  };
}

function filterChips(asked: Asked, documents: readonly RecordDocument[]): Chip[] {
  const title = (id: string) =>
    documents.find(({ metadata }) => metadata.id === id)?.metadata.shortTitle ?? id;
  const without = <T,>(values: readonly T[], removed: T) => values.filter((value) => value !== removed);
  return [
    ...asked.document.map((id) => ({
      says: `Document: ${title(id)}`,
      without: { ...asked, document: without(asked.document, id) },
    })),
    ...asked.year.map((year) => ({
      says: `Year: ${year}`,
      without: { ...asked, year: without(asked.year, year) },
    })),
    ...asked.section.map((section) => ({
      says: `Section: ${section}`,
      without: { ...asked, section: without(asked.section, section) },
    })),
  ];
}
