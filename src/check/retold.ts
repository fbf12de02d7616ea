import { type Alignment, candidatesFor } from './align.js';
import { isSpeaker } from './kinds.js';
import type { Source } from './source.js';
import { sentencesOf, type Token } from './tokens.js';

/** What of a passage a sentence retells. */
export interface Retold {
  /** Position among the passages that it cites. */
  readonly passage: number;
  /** Sentences of the passage as they stand there, in its order. */
  readonly sentences: readonly string[];
}

/** Most sentences of a passage. */
const MOST = 2;
/** Share of the content words of a sentence that must stand in what it retells. */
const ENOUGH = 0.5;
/** A further sentence must have this share of the words, and as many, that those before it have not. */
const MORE = 0.2;
const MORE_WORDS = 2;
/** What it counts for beside a word's weight that the word was aligned with that very place. */
const ALIGNED = 0.3;

/**
 * The sentences of the passages that a sentence retells, well or badly: those that have most of its content words, rarer ones first.
 * None where too few of its words stand in them: it tells something else. Of text that speaks to what reads it nothing is taken, nor of what
 * follows that.
 */
export function retoldIn(tokens: readonly Token[], source: Source, alignment: Alignment): Retold[] {
  const words = tokens.flatMap((token, at) => {
    if (!token.content || token.reporting || isSpeaker(token.key)) return [];
    const places = candidatesFor(token, source).map((one) => source.tokens[one.at]?.sentence ?? -1);
    const aligned = source.tokens[alignment.at[at] ?? -1]?.sentence ?? -1;
    return [{ sentences: new Set(places), aligned }];
  });
  const chosen: number[] = [];
  const left = new Set<Word>(words);
  for (;;) {
    const best = bestOf(left, (sentence) => isOpen(sentence, chosen, source));
    const enough = chosen.length === 0 ? 1 : Math.max(MORE_WORDS, MORE * words.length);
    if (!best || best.words.length < enough) break;
    chosen.push(best.sentence);
    for (const word of best.words) left.delete(word);
  }
  if (words.length - left.size < ENOUGH * words.length) return [];
  return byPassage(chosen, source);
}

interface Word {
  readonly sentences: ReadonlySet<number>;
  readonly aligned: number;
}

/** The sentence that has the most of words, each counting less the more sentences have it. */
function bestOf(left: ReadonlySet<Word>, isAllowed: (sentence: number) => boolean) {
  const found = new Map<number, { score: number; words: Word[] }>();
  for (const word of left) {
    for (const sentence of word.sentences) {
      const one = found.get(sentence) ?? { score: 0, words: [] };
      one.score += 1 / Math.sqrt(word.sentences.size) + (word.aligned === sentence ? ALIGNED : 0);
      one.words.push(word);
      found.set(sentence, one);
    }
  }
  const [best] = [...found]
    .filter(([sentence]) => isAllowed(sentence))
    .sort(([a, left], [b, right]) => right.score - left.score || a - b);
  return best && { sentence: best[0], words: best[1].words };
}

function isOpen(sentence: number, chosen: readonly number[], source: Source): boolean {
  if (chosen.includes(sentence)) return false;
  const passage = passageOf(sentence, source);
  return chosen.filter((one) => passageOf(one, source) === passage).length < MOST;
}

function passageOf(sentence: number, source: Source): number {
  return source.tokens.find((token) => token.sentence === sentence)?.passage ?? -1;
}

function byPassage(chosen: readonly number[], source: Source): Retold[] {
  return source.texts.flatMap((text, passage) => {
    const own = source.tokens.filter((token) => token.passage === passage && chosen.includes(token.sentence));
    const sentences = sentencesOf(text)
      .filter(([start, end]) => own.some((token) => token.start >= start && token.end <= end))
      .map(([start, end]) => text.slice(start, end));
    return sentences.length > 0 ? [{ passage, sentences }] : [];
  });
}
