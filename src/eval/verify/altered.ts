import type { Draft } from './generate.js';
import { type Material, type Source, trimmed } from './material.js';

/** Changes one thing about the words of a sentence; null where there is nothing of the kind. */
type Alteration = (words: readonly string[], material: Material) => string[] | null;

const MODALS: Readonly<Record<string, readonly string[]>> = {
  should: ['must', 'may', 'could', 'will'],
  must: ['should', 'may', 'might'],
  could: ['should', 'must', 'will', 'would'],
  may: ['must', 'should', 'will'],
  would: ['could', 'might', 'should'],
  can: ['must', 'should'],
  will: ['may', 'could'],
};
const QUANTIFIERS: Readonly<Record<string, readonly string[]>> = {
  many: ['some', 'all', 'few', 'most'],
  some: ['many', 'all', 'most', 'several'],
  most: ['many', 'some', 'all', 'few'],
  several: ['many', 'all', 'two'],
  all: ['some', 'many', 'most'],
  various: ['few', 'all'],
  both: ['neither', 'some'],
};
/** Names that can stand for each other. */
const NAMES: readonly (readonly string[])[] = [
  'UNODC INTERPOL UNICEF UNESCO FATF OSCE WHO EUROPOL OHCHR UNDP'.split(' '),
  'UNTOC UNCAC UNCLOS CEDAW'.split(' '),
  'Japan Kenya Italy Czechia Brazil Canada Thailand Morocco Sweden Austria Colombia Mexico'.split(' '),
  'Kyoto Vienna Tokyo Beijing Bangkok Doha'.split(' '),
  'Hikihara Cortese Mugwanja Sramek Waly Joyini Stoeva'.split(' '),
];
const PUT_IN =
  'always never fully only allegedly strongly reportedly immediately voluntarily urgently legally effectively largely all binding unanimously'.split(
    ' ',
  );
/** Words after which "not" makes a statement its opposite. */
const BEFORE_NOT = /^(?:should|must|could|may|would|can|was|were|is|are|had|has|have|did|does)$/iu;
const FUNCTION_WORD =
  /^(?:the|a|an|of|in|on|to|and|or|for|with|by|as|at|from|that|which|was|were|is|are|be|been|had|has|have|it|its|their|this|these|also)$/iu;

const replaceOne = (words: readonly string[], index: number, ...others: string[]): string[] => [
  ...words.slice(0, index),
  ...others,
  ...words.slice(index + 1),
];

/** A word of the sentence that `fits`, but for its punctuation, replaced as `change` says. */
function changeWord(
  words: readonly string[],
  { random }: Material,
  fits: (bare: string) => boolean,
  change: (bare: string) => string[],
): string[] | null {
  const places = words.flatMap((word, index) => (fits(bareOf(word)) ? [index] : []));
  if (places.length === 0) return null;
  const index = random.pick(places);
  const word = words[index] ?? '';
  const bare = bareOf(word);
  const at = word.indexOf(bare);
  const changed = change(bare);
  const [first = '', ...rest] = changed;
  if (changed.length === 0) return replaceOne(words, index);
  const last = rest.at(-1);
  const whole = [word.slice(0, at) + first, ...rest];
  whole[whole.length - 1] = (last ?? whole[0] ?? '') + word.slice(at + bare.length);
  return replaceOne(words, index, ...whole);
}

function bareOf(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

function likeIt(model: string, word: string): string {
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

function fromTable(table: Readonly<Record<string, readonly string[]>>): Alteration {
  return (words, material) =>
    changeWord(
      words,
      material,
      (bare) => Object.hasOwn(table, bare.toLowerCase()),
      (bare) => [likeIt(bare, material.random.pick(table[bare.toLowerCase()] ?? []))],
    );
}

const insert: Alteration = (words, { random }) => {
  const at = 1 + random.below(words.length - 2);
  return [...words.slice(0, at), random.pick(PUT_IN), ...words.slice(at)];
};

const remove: Alteration = (words, { random }) => {
  const places = words.flatMap((word, index) =>
    index > 0 && index < words.length - 1 && !FUNCTION_WORD.test(bareOf(word)) ? [index] : [],
  );
  return places.length === 0 ? null : replaceOne(words, random.pick(places));
};

const substitute: Alteration = (words, material) =>
  changeWord(
    words,
    material,
    (bare) => bare.length > 3 && !FUNCTION_WORD.test(bare),
    (bare) => {
      const { sentences, random } = material;
      const other = bareOf(random.pick(random.pick(sentences.filter((all) => all.words.length > 5)).words));
      return [
        likeIt(bare, other.length > 3 && other.toLowerCase() !== bare.toLowerCase() ? other : 'allegations'),
      ];
    },
  );

const reorder: Alteration = (words, { random }) => {
  const from = random.below(words.length - 4);
  const to = from + 1 + random.below(3);
  const [a = '', b = ''] = [words[from], words[to]];
  return bareOf(a).toLowerCase() === bareOf(b).toLowerCase() ? null : words.with(from, b).with(to, a);
};

const ALTERATIONS: Readonly<Record<string, Alteration>> = {
  'a negation left out': (words, material) =>
    changeWord(
      words,
      material,
      (bare) => /^(?:not|no|without|never)$/iu.test(bare),
      () => [],
    ),
  'a negation put in': (words, material) =>
    changeWord(
      words,
      material,
      (bare) => BEFORE_NOT.test(bare),
      (bare) => [bare, 'not'],
    ),
  'another modal': fromTable(MODALS),
  'another quantity': fromTable(QUANTIFIERS),
  'another number': (words, material) =>
    changeWord(
      words,
      material,
      (bare) => /^\d+$/u.test(bare),
      (bare) => [String(Number(bare) + 1 + material.random.below(3))],
    ),
  'another name': (words, material) =>
    changeWord(
      words,
      material,
      (bare) => NAMES.some((names) => names.includes(bare)),
      (bare) => {
        const others = NAMES.find((names) => names.includes(bare))?.filter((name) => name !== bare) ?? [];
        return [material.random.pick(others)];
      },
    ),
  'a word put in': insert,
  'a word left out': remove,
  'another word': substitute,
  'words in another order': reorder,
  'two words changed': (words, material) => {
    const once = substitute(words, material);
    return once && (fromTable(QUANTIFIERS)(once, material) ?? insert(once, material));
  },
  'three words changed': (words, material) => {
    const once = words.length < 12 ? null : substitute(words, material);
    const twice = once && remove(once, material);
    return twice && insert(twice, material);
  },
  'a word changed beside an ellipsis': (words, material) => {
    const once = words.length < 16 ? null : substitute(words.slice(0, 9), material);
    return once && [...once, '…', ...words.slice(10 + material.random.below(4))];
  },
  'another modal, in brackets': (words, material) =>
    changeWord(
      words,
      material,
      (bare) => Object.hasOwn(MODALS, bare.toLowerCase()),
      (bare) => [`[${material.random.pick(MODALS[bare.toLowerCase()] ?? [])}]`],
    ),
};

const SHORTEST = 8;
const LONGEST = 40;

/** Ways to alter a sentence of the record, or a part of one. */
export const ALTERED: Readonly<Record<string, (material: Material) => Draft | null>> = Object.fromEntries(
  Object.entries(ALTERATIONS).map(([how, alter]) => [how, (material) => altered(material, alter)]),
);

function altered(material: Material, alter: Alteration): Draft | null {
  const { sentences, random } = material;
  const sentence: Source = random.pick(sentences.filter(({ words }) => words.length >= SHORTEST));
  const length = SHORTEST + random.below(LONGEST - SHORTEST);
  const from = random.chance(0.5) ? 0 : random.below(Math.max(1, sentence.words.length - length));
  const changed = alter(sentence.words.slice(from, from + length), material);
  if (!changed) return null;
  const quote = trimmed(changed);
  return material.standsAnywhere(quote) ? null : { quote, source: [sentence.paragraph] };
}
