/**
 * What kind of thing a question asks for, by its words in small letters: patterns that see no case take ten times as long. First that
 * fits.
 */
const FORMS = [
  [
    'money',
    /\bhow much (?:money|does|did|do|was|were|is|will|would|has)\b|\bcosts?\b|\bbudget|\bfund(?:ed|ing)\b|\bprice|\bpaid\b|\bdollars?\b|\beuros?\b|\bfee\b|\bexpens/u,
  ],
  [
    'number',
    /\bhow (?:many|often|long|big|large|high|old|far)\b|\bnumber of\b|\bpercent|\bper cent\b|\bshare of\b|\brate\b|\bwhat (?:age|percentage|proportion|score|figure)/u,
  ],
  [
    'person',
    /\bwho(?:se|m)?\b|\bname of\b|\bwhich (?:person|speaker|ambassador|minister|expert|chair|judge|official)/u,
  ],
  [
    'date',
    /\bwhen\b|\bwhat (?:date|day|year|month|time)\b|\bwhich (?:date|day|days|year|month)\b|\bdeadline\b|\bhow soon\b/u,
  ],
  [
    'place',
    /\bwhere\b|\bwhich (?:country|countries|city|cities|state|states|region|place|delegation|nation)\b|\bwhat (?:country|city|place|venue)\b/u,
  ],
  ['cause', /\bwhy\b|\breasons?\b|\bwhat (?:caused|explains|led)\b|\bhow come\b|\bcause[sd]?\b/u],
  ['manner', /\bhow\b/u],
  ['which', /\bwhich\b|\bwhat\b|\bname\b|\blist\b/u],
  [
    'yesNo',
    /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|any(?:one|body|thing)?)\b/u,
  ],
] as const;

export type Form = (typeof FORMS)[number][0] | 'keywords';

export function formOf(question: string): Form {
  const small = question.toLowerCase();
  return FORMS.find(([, pattern]) => pattern.test(small))?.[0] ?? 'keywords';
}
