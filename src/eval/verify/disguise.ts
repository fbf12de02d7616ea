import type { Random } from './material.js';

/** What copying, printing and typing do to a text without changing what it says. */
const DISGUISES: readonly ((text: string, random: Random) => string)[] = [
  (text) => text.replace(/[’]/gu, "'"),
  (text) => text.replace(/(?<=\p{L})'(?=\p{L})/gu, '’'),
  (text) => text.replaceAll('“', '"').replaceAll('”', '"'),
  (text) => text.replace(/"([^"]*)"/gu, '‘$1’'),
  (text) => text.replace(/(?<=\p{L})-(?=\p{L})/gu, '\u2011'),
  (text) => text.replace(/(?<=\p{L})-(?=\p{L})/gu, '‐'),
  (text) => text.replace(/\s[–-]\s/gu, ' — '),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text, random) => text.replaceAll(' ', () => (random.chance(0.2) ? '  ' : ' ')),
  (text, random) => text.replaceAll(' ', () => (random.chance(0.12) ? '\n' : ' ')),
  (text) => text.charAt(0).toUpperCase() + text.slice(1),
  (text) => text.charAt(0).toLowerCase() + text.slice(1),
  (text) => text.replace(/[.,;:]+$/u, ''),
  (text) => `${text.replace(/[.,;:]+$/u, '')},`,
  (text) => `${text.replace(/[.,;:]+$/u, '')}.`,
  divided,
  (text) => text.replace(/(?<=\p{L}{5})(?=\p{L}{4})/u, '\u00ad'),
  (text) => text.normalize('NFD'),
];

const MARKS = ['“”', '""', '‘’', "''", '«»', '„“', '»«', '‹›', '「」'];

/** The same words, as somebody else prints them. */
export function disguised(text: string, random: Random): string {
  let changed = text;
  for (let times = random.below(4); times > 0; times -= 1) changed = random.pick(DISGUISES)(changed, random);
  if (!random.chance(0.5)) return changed;
  const [open, close] = random.pick(MARKS);
  return `${open}${changed}${close}`;
}

/** A word divided with a hyphen at the end of a line. */
function divided(text: string, random: Random): string {
  const words = text.split(' ');
  const long = words.flatMap((word, index) => (/^\p{Ll}{8,}$/u.test(word) ? [index] : []));
  if (long.length === 0) return text;
  const index = random.pick(long);
  const word = words[index] ?? '';
  const cut = 3 + random.below(word.length - 5);
  return words.with(index, `${word.slice(0, cut)}-\n${word.slice(cut)}`).join(' ');
}
