import { type Alignment, candidatesFor } from './align.js';
import { isSpeaker } from './kinds.js';
import { isPointingBack } from './leaning.js';
import { ofSource, type Source } from './source.js';
import { sentencesOf, type Token } from './tokens.js';
import type { Retold } from './types.js';

/** Most sentences of a passage. */
const MOST = 2;
/** Share of the content words of a sentence that must stand in what it retells. */
const ENOUGH = 0.5;
/** A further sentence must have this share of the words, and as many, that those before it have not. */
const MORE = 0.15;
const MORE_WORDS = 2;
/** What the words that only one passage has must count for, to quote it too: one that at most four of all sentences have. */
const RARE = 0.5;
/** What it counts for beside a word's weight that the word was aligned with that very place. */
const ALIGNED = 0.3;

/** A content word of the sentence, by numbers of sentences of the source. */
interface Word {
  readonly sentences: ReadonlySet<number>;
  readonly aligned: number;
}

/** Sentences of a source by their numbers, without text that speaks to what reads it and what follows that. */
const textsOf = ofSource(({ texts, tokens }) => {
  const found = new Map<number, { readonly passage: number; readonly text: string }>();
  for (const [passage, text] of texts.entries()) {
    const own = tokens.filter((token) => token.passage === passage);
    for (const [start, end] of sentencesOf(text)) {
      const number = own.find((token) => token.start >= start && token.end <= end)?.sentence;
      if (number !== undefined) found.set(number, { passage, text: text.slice(start, end) });
    }
  }
  return found;
});

/**
 * The sentences of the passages that a sentence retells, well or badly: those that have most of its content words, rarer ones first.
 * None where too few of its words stand in them: it tells something else.
 */
export function retoldIn(tokens: readonly Token[], source: Source, alignment: Alignment): Retold[] {
  const words = tokens.flatMap((token, at): Word[] => {
    if (!token.content || token.reporting || isSpeaker(token.key)) return [];
    const places = candidatesFor(token, source).map((one) => source.tokens[one.at]?.sentence ?? -1);
    return [{ sentences: new Set(places), aligned: source.tokens[alignment.at[at] ?? -1]?.sentence ?? -1 }];
  });
  const texts = textsOf(source);
  const passageOf = (sentence: number) => texts.get(sentence)?.passage ?? -1;
  const chosen: number[] = [];
  const isOpen = (sentence: number): boolean =>
    !chosen.includes(sentence) &&
    chosen.filter((one) => passageOf(one) === passageOf(sentence)).length < MOST;
  const left = new Set(words);
  for (;;) {
    const enough = Math.max(MORE_WORDS, MORE * words.length);
    const best = bestOf(left, ({ sentence, words: more, score }) => {
      if (!isOpen(sentence)) return false;
      // A passage is cited for something, if only for one word that it has in few places.
      const isNew = chosen.every((one) => passageOf(one) !== passageOf(sentence));
      return more.length >= enough || (isNew && (chosen.length === 0 || score >= RARE));
    });
    if (!best) break;
    chosen.push(best.sentence);
    for (const word of best.words) left.delete(word);
  }
  if (words.length - left.size < ENOUGH * words.length) return [];
  const pointed = chosen.flatMap((sentence) => {
    const alone = chosen.every((one) => one === sentence || passageOf(one) !== passageOf(sentence));
    const before = sentence - 1;
    const isOfSame = passageOf(before) === passageOf(sentence);
    return alone && isOfSame && isPointingBack(texts.get(sentence)?.text ?? '') ? [before] : [];
  });
  const all = new Set([...chosen, ...pointed]);
  return source.texts.flatMap((_, passage) => {
    const sentences = [...texts].filter(([number, one]) => one.passage === passage && all.has(number));
    return sentences.length > 0 ? [{ passage, sentences: sentences.map(([, { text }]) => text) }] : [];
  });
}

interface Found {
  readonly sentence: number;
  score: number;
  readonly words: Word[];
}

/** The sentence that has the most of words, each counting less the more sentences have it. */
function bestOf(left: ReadonlySet<Word>, isEnough: (found: Found) => boolean): Found | undefined {
  const found = new Map<number, Found>();
  for (const word of left) {
    for (const sentence of word.sentences) {
      const one = found.get(sentence) ?? { sentence, score: 0, words: [] };
      one.score += 1 / Math.sqrt(word.sentences.size) + (word.aligned === sentence ? ALIGNED : 0);
      one.words.push(word);
      found.set(sentence, one);
    }
  }
  return [...found.values()].filter(isEnough).sort((a, b) => b.score - a.score || a.sentence - b.sentence)[0];
}
