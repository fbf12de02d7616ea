/** Words that turn a statement round or take it back. English, the language of the records. */
const NEGATIONS = new Set(
  'no not none never nor neither nobody nothing nowhere without cannot unless except hardly scarcely rarely seldom'.split(
    ' ',
  ),
);

/** Words that say how far a statement goes. */
const MODALS = new Set('can could may might must shall should will would ought only'.split(' '));
const QUANTIFIERS = new Set(
  'all any both each every few fewer half less many more most much one several some two three four five six seven eight nine ten'.split(
    ' ',
  ),
);

/** @param key of a word, see `wordsOf` */
export function isNegation(key: string): boolean {
  return NEGATIONS.has(key) || key.endsWith("n't");
}

/** "must", "could", "only": a statement without it says something else. */
export function isModal(key: string): boolean {
  return MODALS.has(key);
}

/** A number, or a word for how many. */
export function isQuantity(key: string): boolean {
  return QUANTIFIERS.has(key) || /\p{N}/u.test(key);
}
