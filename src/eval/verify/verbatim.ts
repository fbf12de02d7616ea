import { disguised } from './disguise.js';
import type { Draft } from './generate.js';
import { type Material, type Source, stretchOf, trimmed } from './material.js';

/** Words that an ellipsis of these cases leaves standing: they say whether, how far or how many. */
const KEPT =
  /^(?:no|not|none|never|nor|neither|without|cannot|unless|except|only|can|could|may|might|must|shall|should|will|would)\b/iu;
const MIN_WORDS = 5;

/** Ways to quote the record word for word; each is tried until it gives a case. */
export const VERBATIM: Readonly<Record<string, (material: Material) => Draft | null>> = {
  'a sentence': (material) => {
    const sentence = pickSentence(material);
    return of(sentence, disguised(sentence.text, material.random));
  },
  'a part of a sentence': (material) => {
    const sentence = pickSentence(material);
    const words = stretchOf(material, sentence.words, MIN_WORDS + material.random.below(20));
    return of(sentence, disguised(trimmed(words), material.random));
  },
  'several sentences': (material) => {
    const sentence = material.random.pick(material.sentences.filter(({ following }) => following.length > 0));
    const count = 1 + material.random.below(Math.min(3, sentence.following.length));
    return of(
      sentence,
      disguised([sentence.text, ...sentence.following.slice(0, count)].join(' '), material.random),
    );
  },
  'over a page break': (material) => {
    const sentence = material.random.pick(material.sentences.filter(({ broken }) => broken));
    return of(sentence, disguised(sentence.text, material.random));
  },
  'a footnote': (material) => {
    const sentence = material.random.pick(
      material.sentences.filter(({ kind, words }) => kind === 'footnote' && words.length >= MIN_WORDS),
    );
    const words = stretchOf(material, sentence.words, MIN_WORDS + material.random.below(12));
    return of(sentence, disguised(trimmed(words), material.random));
  },
  'a list item': (material) => {
    const sentence = material.random.pick(material.sentences.filter(({ kind }) => kind === 'bullet'));
    const words = stretchOf(material, sentence.words, MIN_WORDS + material.random.below(25));
    return words.length < MIN_WORDS ? null : of(sentence, disguised(trimmed(words), material.random));
  },
  'an ellipsis in a sentence': (material) => {
    const { random } = material;
    const sentence = pickSentence(material, 16);
    const start = 4 + random.below(sentence.words.length - 12);
    const end = start + 2 + random.below(Math.min(12, sentence.words.length - start - 6));
    const hidden = sentence.words.slice(start, end);
    if (hidden.some((word) => KEPT.test(word.replace(/^\P{L}+/u, '')))) return null;
    const mark = random.pick([' … ', ' ... ', ' [...] ', ' […] ', '… ', ' (...) ', ' . . . ']);
    const text = sentence.words.slice(0, start).join(' ') + mark + sentence.words.slice(end).join(' ');
    return of(sentence, disguised(text, random));
  },
  'an ellipsis over sentences': (material) => {
    const { random } = material;
    const sentence = random.pick(material.sentences.filter(({ following }) => following.length > 1));
    const last = sentence.following[1 + random.below(sentence.following.length - 1)] ?? '';
    const mark = random.pick([' … ', ' ... ', ' [...] ', ' […] ']);
    return of(sentence, disguised(sentence.text + mark + last, random));
  },
  'words put in, in brackets': (material) => {
    const { random } = material;
    const sentence = pickSentence(material, 10);
    const at = 3 + random.below(sentence.words.length - 6);
    const aside = random.pick([
      '[sic]',
      '[emphasis added]',
      '[in Vienna]',
      '[the Commission]',
      '[of the record]',
      '[UNODC]',
    ]);
    const words = [...sentence.words.slice(0, at), aside, ...sentence.words.slice(at)];
    return of(sentence, disguised(words.join(' '), random));
  },
  'a pronoun explained, in brackets': (material) => {
    const { random } = material;
    const pronoun = /^(?:They|She|He|It|Some|This|These)$/u;
    const sentence = random.pick(
      material.sentences.filter(({ words }) => words.length > 7 && pronoun.test(words[0] ?? '')),
    );
    const subject = random.pick(['[The speakers]', '[The Chief]', '[The representative]', '[Participants]']);
    const words = sentence.words.slice(1, 8 + random.below(20));
    // A quantity may not be replaced.
    if (sentence.words[0] === 'Some') return null;
    return of(sentence, `${random.pick(['', '“'])}${subject} ${trimmed(words)}`);
  },
  'a letter changed, in brackets': (material) => {
    const sentence = pickSentence(material);
    const text = trimmed(stretchOf(material, sentence.words, MIN_WORDS + material.random.below(18)));
    const first = text.charAt(0);
    if (!/\p{L}/u.test(first)) return null;
    const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
    return of(sentence, `[${other}]${text.slice(1)}`);
  },
};

function pickSentence({ sentences, random }: Material, minWords = MIN_WORDS + 1): Source {
  return random.pick(sentences.filter(({ words, kind }) => words.length >= minWords && kind !== 'footnote'));
}

function of({ paragraph }: Source, quote: string): Draft {
  return { quote, source: [paragraph] };
}
