import { disguised } from './disguise.js';
import type { Draft } from './generate.js';
import { type Material, type Source, stretchOf, trimmed } from './material.js';

const MIN_WORDS = 6;

/** Ways to name the wrong place for words of the record. */
export const MISATTRIBUTED: Readonly<Record<string, (material: Material) => Draft | null>> = {
  'a neighbour': (material) => {
    const sentence = pickSentence(material);
    const { random } = material;
    return claimed(
      material,
      sentence,
      sentence.paragraph + (random.chance(0.5) ? -1 : 1) * (1 + random.below(3)),
    );
  },
  'any other paragraph': (material) =>
    claimed(material, pickSentence(material), material.random.below(material.document.paragraphs.length)),
  'the summary in part III instead of part II': (material) =>
    claimed(
      material,
      pickSentence(material, ({ paragraph }) => paragraph > 12 && paragraph < 157),
      157 + material.random.below(7),
    ),
  'part II instead of the summary in part III': (material) => {
    const sentence = pickSentence(material, ({ paragraph }) => paragraph >= 157);
    return claimed(material, sentence, nearest(material, sentence));
  },
  'another document': (material) => {
    const sentence = pickSentence(material);
    const draft = claimed(material, sentence, null);
    return draft && { ...draft, document: 'a-record-that-is-not-there' };
  },
};

function pickSentence(
  { sentences, random }: Material,
  fits: (sentence: Source) => boolean = () => true,
): Source {
  return random.pick(sentences.filter((sentence) => sentence.words.length >= MIN_WORDS && fits(sentence)));
}

/** The paragraph of another part with most words of a sentence. */
function nearest({ sentences }: Material, sentence: Source): number {
  const words = new Set(sentence.words);
  const others = sentences.filter(({ paragraph }) => paragraph < 157);
  const shared = ({ words: all }: Source) => all.filter((word) => words.has(word)).length;
  return others.reduce((best, other) => (shared(other) > shared(best) ? other : best)).paragraph;
}

function claimed(material: Material, sentence: Source, paragraph: number | null): Draft | null {
  const { random, document } = material;
  const part = trimmed(stretchOf(material, sentence.words, MIN_WORDS + random.below(24)));
  const known = document.paragraphs.some(({ number }) => number === paragraph);
  if (paragraph !== null && (!known || material.stands(part, paragraph))) return null;
  return { quote: disguised(part, random), source: [sentence.paragraph], paragraph };
}
