import {
  type Allowed,
  type AnyIndex,
  type ComposedIndex,
  type EntryHit,
  type NearQuestion,
  type RemoteIndex,
  type Sought,
  termsOf,
} from '../index/index.js';
import { searchLimits, signalsOf, signalsOfMatch, targetOf, vectorsOf } from './signals.js';
import type { Near, NearestQuestions, QueryCosines, Signals } from './types.js';

/** What a search found, in this process or in another. */
export interface Searched {
  readonly vector: Float32Array;
  readonly adapted: Float32Array;
  /** Of every paragraph that one of the searches finds, by ordinal. */
  readonly signals: ReadonlyMap<number, Signals>;
  readonly nearest: NearestQuestions;
  /** The entries of paragraphs that were found. */
  closeUp(ordinals: readonly number[]): Promise<{ readonly near: Near; readonly cosines: QueryCosines }>;
}

/**
 * @param text what is searched for
 * @param question the whole of what was asked: its words are looked at later
 * @param allowed where the search is limited, null where it is not
 * @param limit most passages that are asked for
 */
export function search(
  index: AnyIndex,
  text: string,
  question: string,
  allowed: Allowed | null,
  limit: number,
): Promise<Searched> {
  return 'engine' in index
    ? searchThere(index, text, question, allowed, limit)
    : searchHere(index, text, allowed, limit);
}

async function searchHere(
  index: ComposedIndex,
  text: string,
  allowed: Allowed | null,
  limit: number,
): Promise<Searched> {
  const limits = searchLimits(limit);
  const target = await targetOf(index, text);
  const { vector, adapted, cosines } = target;
  const { signals, questions } = await signalsOf(index, target, allowed, limit);
  const nearest = async (entries: ComposedIndex['questions'] | ComposedIndex['unanswered']) =>
    asked(entries, await entries.nearest(adapted, limits.answered, null));
  return {
    vector,
    adapted,
    signals,
    nearest: {
      // Searched for everywhere already where nothing limits the search.
      answered: allowed
        ? await nearest(index.questions)
        : asked(index.questions, questions.slice(0, limits.answered)),
      unanswered: await nearest(index.unanswered),
    },
    closeUp: async () => ({ near: index, cosines }),
  };
}

function asked(
  entries: ComposedIndex['questions'] | ComposedIndex['unanswered'],
  hits: readonly EntryHit[],
): NearQuestion[] {
  return hits.map(({ row, similarity }) => ({ text: entries.entry(row)?.text ?? '', cosine: similarity }));
}

async function searchThere(
  index: RemoteIndex,
  text: string,
  question: string,
  allowed: Allowed | null,
  limit: number,
): Promise<Searched> {
  const terms = termsOf(text);
  const sought: Sought = { ...(await vectorsOf(index, text)), terms, others: termsOf(question) };
  const { matches, answered, unanswered, lexical } = await index.engine.find(
    sought,
    searchLimits(limit),
    allowed,
  );
  const distinct = [...new Set(terms)];
  const signals = matches.flatMap((match): [number, Signals][] => {
    const paragraph = index.paragraphs[match.paragraph]?.paragraph;
    return paragraph ? [[match.paragraph, signalsOfMatch(match, paragraph, distinct, lexical)]] : [];
  });
  return {
    ...sought,
    signals: new Map(signals),
    nearest: { answered, unanswered },
    closeUp: async (ordinals) => {
      const { cosines, ...entries } = await index.engine.closeUp(sought, ordinals);
      return { near: { ...entries, lexical }, cosines };
    },
  };
}
