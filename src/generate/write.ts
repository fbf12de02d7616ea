import type { CitationView, SentenceView } from '../response/index.js';
import { type CitationBook, citationBook } from './citations.js';
import { type Judged, judge } from './judge.js';
import type { NumberedPassage } from './passages.js';
import { answerMessages, type Failed, NO_ANSWER, repairMessages, repairsIn } from './prompt.js';
import { read } from './read.js';
import { type Drafted, draftedIn, marked, sentenceReader } from './sentences.js';
import { type AnswerModel, ModelFailure, type Tokens } from './types.js';

/** Most sentences that are read of a model: what writes more does not stop by itself. */
const MAX_SENTENCES = 40;
/** Share of its sentences that must be left of an answer. */
const ENOUGH = 0.5;
/** How a sentence begins that says something only together with the one before it. */
const LEANS =
  /^(?:he|she|they|it|this|that|these|those|his|her|their|its|such|however|but|moreover|furthermore|also|in addition|additionally|therefore|thus|hence|instead|the (?:latter|former|same)|both|others?)\b/iu;

export interface WriteOptions {
  readonly model: AnswerModel;
  readonly question: string;
  readonly passages: readonly NumberedPassage[];
  /** BCP 47 tag of the passages. */
  readonly language: string;
  /** Most citations. */
  readonly limit: number;
  /** Ends it, whatever the model does. */
  readonly signal: AbortSignal;
  /** Told of each sentence in the order of the answer, once it is checked. */
  readonly onSentence: (sentence: SentenceView) => void;
  /** Told of what each request took, also of one that failed. */
  readonly onTokens: (tokens: Tokens) => void;
}

/** An answer that the passages bear out, sentence by sentence. */
export interface Written {
  readonly sentences: readonly SentenceView[];
  readonly citations: readonly CitationView[];
  /** Sentences that the model wrote; of them in a second wording; of them left out. */
  readonly written: number;
  readonly repaired: number;
  readonly removed: number;
}

/** How much a model wrote that came to nothing. */
export class TooLittle extends ModelFailure {
  constructor(readonly counts: Pick<Written, 'written' | 'repaired' | 'removed'>) {
    super('too_little');
  }
}

/**
 * Has an answer written and checks every sentence of it. One that fails is written a second time, all of them in one request, and
 * left out where it fails again, or no second wording comes in time.
 *
 * @throws ModelFailure, or what the model's package throws; the signal's reason where that came first
 */
export async function write(options: WriteOptions): Promise<Written> {
  const { model, question, passages, language, limit, onSentence } = options;
  const outlet = orderedOutlet(citationBook(limit), onSentence);
  const drafts: Drafted[] = [];
  const failed: Failed[] = [];
  const take = (drafted: Drafted) => {
    const judged = judge(drafted, passages);
    const number = drafts.push(drafted);
    if (judged.cited) outlet.settle(number, [{ drafted, cited: judged.cited }]);
    else failed.push({ number, text: asWritten(drafted), faults: judged.faults });
    if (number > MAX_SENTENCES) throw new ModelFailure('endless');
  };

  const reader = sentenceReader(language);
  let whole = '';
  await read(model, answerMessages(question, passages), options, (text) => {
    whole += text;
    if (whole.includes(NO_ANSWER)) throw new ModelFailure('refused');
    for (const drafted of reader.push(text)) take(drafted);
  });
  if (whole.trim() === '') throw new ModelFailure('empty');
  for (const drafted of reader.end()) take(drafted);

  const repaired = failed.length === 0 ? new Map<number, Supported[]>() : await repair(options, failed);
  for (const { number } of failed) outlet.settle(number, repaired.get(number) ?? []);
  const { sentences, kept, citations } = outlet.close(drafts.length);
  const counts = {
    written: drafts.length,
    repaired: failed.filter(({ number }) => kept.has(number)).length,
    removed: drafts.length - kept.size,
  };
  if (kept.size === 0 || kept.size < ENOUGH * drafts.length) throw new TooLittle(counts);
  return { sentences, citations, ...counts };
}

/** A sentence, and the passages that bear it out. */
interface Supported {
  readonly drafted: Drafted;
  readonly cited: readonly NumberedPassage[];
}

/** Second wordings by the number of the sentence, those that pass. None where the model fails: what has passed stays. */
async function repair(options: WriteOptions, failed: readonly Failed[]): Promise<Map<number, Supported[]>> {
  const { model, question, passages, language, signal } = options;
  let whole = '';
  try {
    await read(model, repairMessages(question, passages, failed), options, (text) => {
      whole += text;
    });
  } catch (error) {
    if (isAbandoned(signal)) throw error;
    return new Map();
  }
  const repairs = repairsIn(whole);
  return new Map(
    failed.flatMap(({ number }) => {
      const supported = draftedIn(repairs.get(number) ?? '', language).map((drafted) => {
        const judged: Judged = judge(drafted, passages);
        return judged.cited && { drafted, cited: judged.cited };
      });
      const passed = supported.filter((one) => one !== null);
      return passed.length > 0 && passed.length === supported.length ? [[number, passed] as const] : [];
    }),
  );
}

/** Whether nobody waits any more, rather than that time is up. */
function isAbandoned({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof ModelFailure);
}

/** Lets sentences out in the order of the draft, numbers their citations, and leaves out what leans on what was left out. */
function orderedOutlet(book: CitationBook, onSentence: (sentence: SentenceView) => void) {
  const settled = new Map<number, readonly Supported[]>();
  const kept = new Set<number>();
  const sentences: SentenceView[] = [];
  let next = 1;
  let leftOut = false;
  const advance = () => {
    for (let parts = settled.get(next); parts; parts = settled.get(next)) {
      const leans = leftOut && LEANS.test(parts[0]?.drafted.text ?? '');
      const views = leans ? [] : parts.flatMap(viewOf);
      leftOut = views.length === 0;
      if (!leftOut) kept.add(next);
      for (const view of views) {
        sentences.push(view);
        onSentence(view);
      }
      next += 1;
    }
  };
  const viewOf = ({ drafted: { text }, cited }: Supported): SentenceView[] => {
    const citations = book.cite(text, cited);
    return citations.length === 0 ? [] : [{ text: marked(text, citations), citations }];
  };
  return {
    settle: (number: number, parts: readonly Supported[]) => {
      settled.set(number, parts);
      advance();
    },
    close: (count: number) => {
      if (next !== count + 1) throw new RangeError(`sentence ${next} of ${count} was never judged`);
      return { sentences, kept, citations: book.all() };
    },
  };
}

function asWritten({ text, cites }: Drafted): string {
  return cites.length === 0 ? text : marked(text, cites);
}
