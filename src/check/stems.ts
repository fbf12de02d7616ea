import { stemmer } from '@orama/stemmers/english';
import { rememberedByText } from '../remembered.js';

const IRREGULAR = new Map(
  `said say|lower low|lowest low|higher high|highest high|newer new|older old|oldest old|held hold|gave give|given give|led lead|built build|brought bring|took take|taken take|found find|made make|seen see|saw see|known know|grew grow|grown grow|growth grow|rose rise|risen rise|fell fall|fallen fall|chose choose|chosen choose|choice choose|kept keep|lost lose|loss lose|met meet|paid pay|payment pay|sent send|spent spend|spoke speak|spoken speak|stood stand|taught teach|thought think|told tell|understood understand|understanding understand|won win|written write|wrote write|began begin|begun begin|became become|drew draw|drawn draw|came come|went go|gone go|dealt deal|felt feel|fought fight|got get|heard hear|laid lay|meant mean|ran run|sold sell|sale sell|shown show|sought seek|undertook undertake|undertaken undertake|underwent undergo|withdrew withdraw|women woman|men man|children child|criteria criterion|analyses analysis|crises crisis|people person|persons person|strength strong|strengthen strong|length long|lengthy long|breadth broad|width wide|height high|youth young|poverty poor|decision decide|decisive decide|proof prove|belief believe|behaviour behave|knowledge know|response respond|defence defend|defensive defend|expansion expand|extension extend|extensive extend|conclusion conclude|inclusion include|inclusive include|exclusion exclude|exclusive exclude|provision provide|division divide|reduction reduce|production produce|introduction introduce|solution solve|conversion convert|deprive deprivation|receipt receive|reception receive|perception perceive|perceptions perceive|consumption consume|assumption assume|detention detain|retention retain|maintenance maintain|recognition recognize|weakness weak|freedom free|lives life|living live|safety safe|safely safe|better good|best good|worse bad|worst bad|less little|least little|further far|adoption adopt|destruction destroy|comparison compare|comparable compare|comparative compare|implementation implement|aging age|ageing age|success succeed|failure fail|threaten threat|danger endanger|bound bind|binding bind|arose arise|arisen arise|broken break|broke break|forbidden forbid|forgot forget|hid hide|hidden hide|stolen steal|stole steal|theft steal|thief steal|thieves steal|sank sink|shrunk shrink|spread spread|struck strike|swore swear|wives wife|halves half`
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);

/** Ends of words that make one part of speech out of another, longest first. */
const SUFFIXES =
  'ationally isations izations isation ization ational ability ibility ations ation ition itive ative ments ment ness ances ences ance ence ancy ency ities ity ives ive ious ous fully ful ially ual ial als al ical ics ic ary ory ors or ers er ants ant ents ent able ible ists ist isms ism ized ize ise ify ions ion ings ing edly ed ly ship hood age y e ees ee es s en'.split(
    ' ',
  );

/** Words that look derived from each other and are not: their bases are kept apart. */
const APART = new Set(
  'major majority minor minority minorities community communities communal commission commissions university universal organ organs general generation generations generate nation nations nature natural international internet interest human humane custom customs station statistics statistical party parties partial part parts article articles policy policies police politics political police action active actor actors public publication person personal personnel physical physics objective object state states statement statute secure secretary secretariat moral morale minute minister ministers ministry department departure apartment customer customary mission commit commits committed committee committees important import imports export expert experts expertise expect prison prisons prisoner prisoners relation relative sector section sections second security several severe sever special species specific capital capable execution executive execute authority author authorities legal legality legislation legislative council counsel counter county country countries course court courts addition additional address adult advance adverse advert notice noted notable notably rest resist restoration rational ration terror territory territories territorial form former formal format formation informal inform information'.split(
    ' ',
  ),
);
const SHORTEST_BASE = 4;

/**
 * What a word is compared by: its stem, and what is left of it without an ending that only makes another part of
 * speech ("prosecutors" and "prosecution"). British and American spellings are one.
 *
 * @param key of a word, see `wordsOf`
 */
export const basesOf = rememberedByText((key): readonly string[] => [...new Set(makeBases(key))]);

function makeBases(key: string): string[] {
  const plain = spellingOf(key.replace(/'s?$/u, ''));
  const word = IRREGULAR.get(plain) ?? plain;
  if (!/^\p{L}+$/u.test(word)) return [word];
  const stem = stemmer(word);
  if (APART.has(word)) return [stem];
  const base = withoutSuffix(word);
  const regular = IRREGULAR.get(stem) ?? IRREGULAR.get(base);
  return [stem, `${base}-`, ...(regular ? [stemmer(regular)] : [])];
}

function withoutSuffix(word: string): string {
  let base = word;
  for (let round = 0; round < 2; round += 1) {
    const suffix = SUFFIXES.find((end) => base.endsWith(end) && base.length - end.length >= SHORTEST_BASE);
    if (suffix === undefined) break;
    base = base.slice(0, -suffix.length);
  }
  return base
    .replace(/(.)\1$/u, '$1')
    .replace(/i$/u, 'y')
    .replace(/(?<=.{4})[ey]$/u, '');
}

function spellingOf(word: string): string {
  return word
    .replace(/(?<=.{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers|ational)$)/u, 'iz')
    .replace(/(?<=.{3})yz(?=(?:e|ed|es|ing)$)/u, 'ys')
    .replace(/(?<=.{2})our(?=(?:s|ed|ing|al|able|ite)?$)/u, (ending) => (word.length > 5 ? 'or' : ending))
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/gramme(?=s?$)/u, 'gram')
    .replace(/(?<=def|off|lic|pret)ence(?=s?$)/u, 'ense')
    .replace(/(?<=judg)ement/u, 'ment')
    .replace(/(?<=[aeiou])ll(?=(?:ed|ing|er|ers|ment)$)/u, 'l');
}
