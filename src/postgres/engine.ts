import {
  type Allowed,
  type ChunkEntry,
  type CloseUp,
  type Engine,
  type Entries,
  type Entry,
  editsOf,
  type Lexicon,
  type Match,
  type NearQuestion,
  type QuestionEntry,
  type Sought,
} from '../index/index.js';
import type { Database } from './database.js';
import { closeUpQuery, headingQuery, type Reach, searchQuery } from './queries.js';

/**
 * Paragraphs up to which, and share of all up to which, a limited search compares everything that is allowed: a graph is
 * quick where most of what it finds is allowed, and misses what is near where little is.
 */
const FEW = 2_000;
const FEW_SHARE = 0.05;

export interface EngineOptions {
  readonly database: Database;
  readonly schema: string;
  /** Paragraphs of the index. */
  readonly paragraphs: number;
  /** Whether the graphs can be followed until enough is allowed (pgvector 0.8). */
  readonly iterative: boolean;
}

/** Searches in PostgreSQL: one query a stage. */
export function postgresEngine(options: EngineOptions): Engine {
  const { database, schema } = options;
  const reachOf = (allowed: Allowed | null) => limited(options, allowed);
  return {
    heading: async (vector, allowed) => {
      const { reach, ranges } = reachOf(allowed);
      const [found] = await database.query<{ paragraph: number; position: number; similarity: number }>(
        headingQuery(schema, reach),
        [textOf(vector), ...ranges],
      );
      return found ?? null;
    },

    find: async (sought, limits, allowed) => {
      const { reach, ranges } = reachOf(allowed);
      const terms = [...new Set(sought.terms)];
      const [row] = await database.query<{
        matches: Match[];
        answered: NearQuestion[];
        unanswered: NearQuestion[];
        frequencies: [term: string, frequency: number][];
      }>(searchQuery(schema, reach), [
        textOf(sought.vector),
        textOf(sought.adapted),
        limits.nearest,
        limits.lexical,
        limits.questions,
        limits.answered,
        terms,
        terms.map((term) => sought.terms.filter((other) => other === term).length),
        terms.map(editsOf),
        [...new Set([...terms, ...sought.others])],
        ...ranges,
      ]);
      if (!row) throw new Error('a search without a result');
      const { frequencies, ...found } = row;
      return { ...found, lexical: lexiconOf(new Map(frequencies), options.paragraphs) };
    },

    closeUp: async (sought: Sought, paragraphs) => {
      const rows = await database.query<CloseUpRow>(closeUpQuery(schema), [
        textOf(sought.vector),
        textOf(sought.adapted),
        paragraphs,
      ]);
      return closeUpOf(rows);
    },
  };
}

interface CloseUpRow {
  readonly kind: 'chunks' | 'questions' | 'unanswered';
  readonly paragraph: number;
  readonly row: number;
  readonly entry: Entry | null;
  readonly cosine: number;
}

function closeUpOf(rows: readonly CloseUpRow[]): CloseUp {
  const only = (kind: CloseUpRow['kind']) => rows.filter((row) => row.kind === kind);
  const [chunks, questions, unanswered] = [only('chunks'), only('questions'), only('unanswered')];
  return {
    chunks: entriesOf<ChunkEntry>(chunks),
    questions: entriesOf<QuestionEntry>(questions),
    cosines: {
      chunks: cosinesOf(chunks),
      questions: cosinesOf(questions),
      unanswered: cosinesOf(unanswered),
    },
  };
}

function entriesOf<E extends Entry>(rows: readonly CloseUpRow[]): Entries<E> {
  const byRow = new Map(rows.map(({ row, entry }) => [row, entry as E]));
  const byParagraph = grouped(rows, ({ row }) => row);
  return { rowsOf: (paragraph) => byParagraph.get(paragraph) ?? [], entry: (row) => byRow.get(row) };
}

function cosinesOf(rows: readonly CloseUpRow[]) {
  const byParagraph = grouped(rows, ({ cosine }) => cosine);
  return { of: (paragraph: number) => Float32Array.from(byParagraph.get(paragraph) ?? []) };
}

function grouped<V>(rows: readonly CloseUpRow[], told: (row: CloseUpRow) => V): Map<number, V[]> {
  const groups = new Map<number, V[]>();
  for (const row of rows) {
    const group = groups.get(row.paragraph) ?? [];
    group.push(told(row));
    groups.set(row.paragraph, group);
  }
  return groups;
}

function lexiconOf(frequencies: ReadonlyMap<string, number>, paragraphs: number): Lexicon {
  const frequency = (term: string) => frequencies.get(term) ?? 0;
  return {
    knows: (term) => frequencies.has(term),
    frequency,
    inverseFrequency: (term) => Math.log(1 + (paragraphs - frequency(term) + 0.5) / (frequency(term) + 0.5)),
  };
}

/** The allowed paragraphs as ranges of ordinals, `{[0,5),[8,9)}`: a part of a record is one of them. */
function limited(
  { paragraphs, iterative }: EngineOptions,
  allowed: Allowed | null,
): { readonly reach: Reach; readonly ranges: readonly string[] } {
  if (!allowed) return { reach: 'all', ranges: [] };
  const ranges: string[] = [];
  let count = 0;
  let start = -1;
  for (let ordinal = 0; ordinal <= paragraphs; ordinal += 1) {
    const inside = ordinal < paragraphs && allowed(ordinal);
    if (inside) count += 1;
    if (inside && start === -1) start = ordinal;
    if (inside || start === -1) continue;
    ranges.push(`[${start},${ordinal})`);
    start = -1;
  }
  const few = !iterative || count <= FEW || count <= FEW_SHARE * paragraphs;
  return { reach: few ? 'few' : 'most', ranges: [`{${ranges.join(',')}}`] };
}

/** A vector as pgvector reads it. */
function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
