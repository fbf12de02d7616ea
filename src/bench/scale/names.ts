import { below, oneOf, type Random, randomOf } from './random.js';

/** Invented names. There are more of them the larger a record is, as there are in records: some seven for every hundred chunks. */
export interface Names {
  readonly places: readonly string[];
  readonly people: readonly string[];
  readonly programmes: readonly string[];
}

const ONSETS = 'b br c ch d dr f g gr h j k kl l m n p pr qu r s sh st t tr v w z'.split(' ');
const VOWELS = 'a e i o u ai ea ia ou'.split(' ');
const CODAS = ['', '', 'l', 'n', 'r', 's', 'nd', 'rt', 'x', 'm'];
const ENDS = ['ia', 'land', 'ovo', 'istan', 'ora', 'burg', 'ena', 'mar'];

export function namesOf(seed: number, chunks: number): Names {
  const random = randomOf(seed);
  const count = 100 + Math.ceil(chunks / 50);
  const several = (make: () => string) => [...new Set(Array.from({ length: count }, make))];
  return {
    places: several(() => capital(stem(random, 2) + oneOf(random, ENDS))),
    people: several(() => `${oneOf(random, ['Ms.', 'Mr.'])} ${capital(stem(random, 3))}`),
    programmes: several(() => capital(stem(random, 3))),
  };
}

/** A name that no other has: `number` is spelt by syllables. */
export function uniqueName(number: number): string {
  let rest = number;
  let name = '';
  for (let i = 0; i < 4; i += 1) {
    name += `${ONSETS[rest % ONSETS.length]}${VOWELS[(rest + i) % 5]}`;
    rest = Math.floor(rest / ONSETS.length);
  }
  return capital(`${name}x`);
}

export function fill(text: string, random: Random, names: Names): string {
  return text.replace(/\{(\w+)\}/gu, (_, slot: string) => {
    if (slot === 'place') return oneOf(random, names.places);
    if (slot === 'name') return oneOf(random, names.people);
    if (slot === 'programme') return oneOf(random, names.programmes);
    if (slot === 'year') return String(1990 + below(random, 36));
    return String(2 + below(random, 900));
  });
}

function stem(random: Random, syllables: number): string {
  let name = '';
  for (let i = 0; i < syllables; i += 1) name += oneOf(random, ONSETS) + oneOf(random, VOWELS);
  return name + oneOf(random, CODAS);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
