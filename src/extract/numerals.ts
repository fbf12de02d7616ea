const ROMAN: readonly (readonly [worth: number, sign: string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** Of 1 to 3,999 in capitals; others stay as they are. */
export function roman(number: number): string {
  if (!(number >= 1 && number <= 3999)) return String(number);
  let rest = number;
  return ROMAN.reduce((text, [worth, sign]) => {
    const times = Math.floor(rest / worth);
    rest -= times * worth;
    return text + sign.repeat(times);
  }, '');
}

/** As word processors count with letters: "z" is followed by "aa". Others than 1 to 780 stay as they are. */
export function letters(number: number): string {
  if (!(number >= 1 && number <= 780)) return String(number);
  return String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.floor((number - 1) / 26) + 1);
}
