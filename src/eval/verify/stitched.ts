import type { Draft } from './generate.js';
import { type Material, type Source, stretchOf, trimmed } from './material.js';

const NEGATION = /^(?:not|no|never|without|neither|nor)$/iu;
const ELLIPSES = [' … ', ' ... ', ' [...] ', ' […] '];

/** Ways to join real fragments into something that was never said. */
export const STITCHED: Readonly<Record<string, (material: Material) => Draft | null>> = {
  'fragments of two paragraphs': (material) => {
    const parts = fragments(material, 2, 8, 18);
    return parts && joined(material, parts, material.random.pick([' ', ' and ', ', ', '. ']));
  },
  'fragments of three paragraphs': (material) => {
    const parts = fragments(material, 3, 9, 16);
    return parts && joined(material, parts, material.random.pick([' ', ', and ', '; ']));
  },
  'an ellipsis between two paragraphs': (material) => {
    const parts = fragments(material, 2, 5, 16);
    return parts && joined(material, parts, material.random.pick(ELLIPSES));
  },
  'an ellipsis that hides a negation': (material) => {
    const { random } = material;
    const sentence = pickSentence(material, ({ words }) => words.some((word) => NEGATION.test(word)));
    const at = sentence.words.findIndex((word) => NEGATION.test(word));
    const start = at - random.below(2);
    const end = at + 1 + random.below(2);
    const before = sentence.words.slice(Math.max(0, start - 18), start);
    const after = sentence.words.slice(end, end + 18);
    if (before.length < 4 || after.length < 4) return null;
    const quote = trimmed(before) + random.pick(ELLIPSES) + trimmed(after);
    return material.standsAnywhere(quote) ? null : { quote, source: [sentence.paragraph] };
  },
  'a clause of another paragraph': (material) => {
    const { random } = material;
    const sentence = pickSentence(material, ({ words }) => words.length >= 14);
    const other = pickSentence(
      material,
      ({ paragraph, words }) => paragraph !== sentence.paragraph && words.length >= 14,
    );
    const tail = other.words.slice(-(8 + random.below(8)));
    const parts = [
      { paragraph: sentence.paragraph, text: trimmed(sentence.words.slice(0, 8 + random.below(12))) },
      { paragraph: other.paragraph, text: trimmed(tail) },
    ];
    return joined(material, parts, random.pick([', ', ' ', ' and ']));
  },
  'sentences of a paragraph in another order': (material) => {
    const sentence = pickSentence(
      material,
      ({ following, words }) => words.length >= 7 && (following[1]?.split(' ').length ?? 0) >= 7,
    );
    const parts = [sentence.following[1] ?? '', sentence.text];
    return joined(
      material,
      parts.map((text) => ({ paragraph: sentence.paragraph, text })),
      ' ',
    );
  },
};

interface Fragment {
  readonly paragraph: number;
  readonly text: string;
}

function fragments(material: Material, count: number, shortest: number, longest: number): Fragment[] | null {
  const { random } = material;
  const chosen: Fragment[] = [];
  while (chosen.length < count) {
    const sentence = pickSentence(material, ({ words }) => words.length >= shortest);
    if (chosen.some(({ paragraph }) => paragraph === sentence.paragraph)) continue;
    const length = shortest + random.below(longest - shortest);
    chosen.push({
      paragraph: sentence.paragraph,
      text: trimmed(stretchOf(material, sentence.words, length)),
    });
  }
  // Fragments that all stand in one paragraph could be a proper quotation of it.
  const together = material.document.paragraphs.some(({ number }) =>
    chosen.every(({ text }) => material.stands(text, number)),
  );
  return together ? null : chosen;
}

function joined(material: Material, parts: readonly Fragment[], join: string): Draft | null {
  const quote = parts.map(({ text }) => text).join(join);
  return material.standsAnywhere(quote) ? null : { quote, source: parts.map(({ paragraph }) => paragraph) };
}

function pickSentence({ sentences, random }: Material, fits: (sentence: Source) => boolean): Source {
  return random.pick(sentences.filter((sentence) => sentence.kind !== 'footnote' && fits(sentence)));
}
