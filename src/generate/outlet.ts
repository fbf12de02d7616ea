import { runsOf } from '../answer/index.js';
import { isLeaning } from '../check/index.js';
import type { CitationView, SentenceView } from '../response/index.js';
import type { CitationBook } from './citations.js';
import { ledIn, type RecordWords, sayingOf } from './own-words.js';
import type { NumberedPassage } from './passages.js';
import { type Drafted, marked } from './sentences.js';

/** A sentence, and the passages that bear it out. */
export interface Supported {
  readonly drafted: Drafted;
  readonly cited: readonly NumberedPassage[];
}

/** What may be said where a sentence of the draft stands. */
export interface Settled {
  /** The model's words; none where they do not hold. */
  readonly parts: readonly Supported[];
  /** The record's words for the same. */
  readonly instead: readonly RecordWords[];
}

/** Whose words stand where a sentence of the draft stood. */
export type Outcome = 'model' | 'record' | 'none';

export interface Outlet {
  /** Tells what may be said where the sentence of a number stands, from 1. It is said once all before it are. */
  settle(number: number, settled: Settled): void;
  /** @throws RangeError where one of so many was never settled */
  close(count: number): {
    readonly sentences: readonly SentenceView[];
    /** Of each sentence of the draft. */
    readonly outcomes: readonly Outcome[];
    readonly citations: readonly CitationView[];
  };
}

function placed({ id }: NumberedPassage, sentence: string): string {
  return `${id} ${sentence}`;
}

/**
 * Lets sentences out in the order of the draft and numbers their citations. The record is quoted where the model's words do not hold, or where
 * they lean on a sentence whose words did not: no sentence of it twice, none that was said already, and what retells one that stands above is not
 * said again.
 */
export function orderedOutlet(book: CitationBook, onSentence: (sentence: SentenceView) => void): Outlet {
  const settled = new Map<number, Settled>();
  const outcomes: Outcome[] = [];
  const sentences: SentenceView[] = [];
  const said: string[] = [];
  const quotes = new Set<string>();
  /** The passage that was quoted last, where nothing stands after that. */
  let quoted: NumberedPassage | null = null;

  const isSaid = (text: string) => said.some((other) => other.includes(sayingOf(text)));
  /** Whether all that a sentence retells stands above as it is. */
  const isQuoted = (instead: readonly RecordWords[]) =>
    instead.length > 0 &&
    instead.every(({ passage, sentences: own }) =>
      own.every(({ text }) => quotes.has(placed(passage, text))),
    );
  const out = (view: SentenceView) => {
    sentences.push(view);
    onSentence(view);
  };
  const tellModels = (parts: readonly Supported[]): boolean => {
    const views = parts.flatMap(({ drafted: { text }, cited }): SentenceView[] => {
      const citations = book.cite(text, cited);
      return citations.length === 0 ? [] : [{ text: marked(text, citations), citations, words: 'model' }];
    });
    if (views.length === 0) return false;
    for (const { drafted } of parts) said.push(sayingOf(drafted.text));
    quoted = null;
    views.forEach(out);
    return true;
  };
  const tellRecords = (instead: readonly RecordWords[]): boolean => {
    let told = false;
    for (const { passage, sentences: all } of instead) {
      const fresh = all.filter(({ text }) => !isSaid(text));
      told ||= fresh.length < all.length;
      for (const run of runsOf(passage.sentences, fresh)) {
        const citation = book.quote(run, passage);
        if (!citation) continue;
        for (const { text } of run) {
          said.push(sayingOf(text));
          quotes.add(placed(passage, text));
        }
        const text = marked(ledIn(citation.quote, passage, quoted), [citation.id]);
        quoted = passage;
        told = true;
        out({ text, citations: [citation.id], words: 'record' });
      }
    }
    return told;
  };
  const tell = ({ parts, instead }: Settled): Outcome => {
    if (isQuoted(instead)) return 'record';
    const before = outcomes.at(-1) ?? 'model';
    const leans = before !== 'model' && isLeaning(parts[0]?.drafted.text ?? '');
    if (!leans && tellModels(parts)) return 'model';
    return tellRecords(instead) ? 'record' : 'none';
  };

  return {
    settle: (number, one) => {
      settled.set(number, one);
      for (let next = settled.get(outcomes.length + 1); next; next = settled.get(outcomes.length + 1))
        outcomes.push(tell(next));
    },
    close: (count) => {
      if (outcomes.length !== count)
        throw new RangeError(`sentence ${outcomes.length + 1} of ${count} was never judged`);
      return { sentences, outcomes, citations: book.all() };
    },
  };
}
