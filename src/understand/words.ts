/** Words that say nothing of a topic: articles, auxiliaries, prepositions, question words. */
const STOP = new Set(
  `a an the and or but so nor if of in on at to for from by with without about regarding concerning as into over under
  between among during through than then too also only just not no yes is are was were be been being am do does did done
  doing has have had can could should shall will would may might must what who whom whose which when where why how that
  this these those it its they them their theirs he she him her his i you we us our your me my there here any some all
  every each both many much more most few several other others another else such same again ever still please exactly
  really instead like up out off`.split(/\s+/u),
);

/** Words that any part of a meeting record has: a question of these alone asks about something that was named before. */
const GENERIC = new Set(
  `speaker speakers expert experts panellist panellists panelist panelists participant participants anyone anybody
  someone somebody everyone everybody nobody one ones thing things anything something nothing point points way ways
  say says said saying tell told mention mentions mentioned recommend recommends recommended suggest suggested propose
  proposed note noted report reported stress stressed underline underlined highlight highlighted discuss discussed raise
  raised agree agreed disagree disagreed object objected explain explained describe described call called add added
  give given made make makes find found know known example examples detail details reason reasons measure measures
  solution solutions challenge challenges problem problems recommendation recommendations concern concerns benefit
  benefits risk risks result results effect effects outcome outcomes consequence consequences evidence number numbers
  share percentage proportion name names date place paragraph paragraphs important main concrete specific exact further
  happen happened change changed help helped work works worked case cases question answer view views opinion opinions
  kind kinds type types sort difference differences advantage advantages disadvantage disadvantages needed possible
  suggestion suggestions objection objections`.split(/\s+/u),
);

const PEOPLE =
  'children|child|minors?|youth|young people|adolescents|adults|women|woman|men|girls?|boys?|victims?|survivors?|witnesses|witness|whistle-?blowers?|reporting persons?|prisoners?|inmates|offenders?|detainees|people|persons?|migrants?|refugees|foreigners?|foreign nationals|criminals|terrorists|perpetrators|suspects|communities|police|officers?|staff|judges?|prosecutors?|lawyers?|the elderly|elderly|families|parents|teachers?|journalists?|minorities|groups?';

/** A group of people, with the word before it that says which. */
export const PEOPLE_NAMED = new RegExp(`\\b(?:(\\p{L}[\\p{L}-]*)\\s+)?\\b(${PEOPLE})\\b`, 'giu');

export function namesPeople(text: string): boolean {
  return new RegExp(`\\b(?:${PEOPLE})$`, 'iu').test(text.replace(/\s+(?:of|in|with|from|who)\s.*$/iu, ''));
}

export const ACTOR =
  /\b(?:chairs?|chairman|president|vice-chair|vice-president|director|representatives?|chief|ambassador|minister|rapporteur|host|speakers?|experts?|panell?ists?|delegates?|secretariat|secretary|coordinator|UNODC|one)\b|\b(?:Mr|Ms|Mrs|Dr|H\.\s?E)\b/iu;

export const SAYING =
  'say|said|think|stress|underline|recommend|propose|report|present|mention|emphasi[sz]e|call|highlight|suggest|want|ask|talk|speak|express|warn|note|announce|welcome|explain|point|describe|argue|demand';

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu) ?? [];
}

export function isStop(word: string): boolean {
  return STOP.has(word.toLowerCase());
}

/** Words that name a topic. */
export function topicWords(text: string): string[] {
  return contentWords(text).filter((word) => !GENERIC.has(word));
}

export function contentWords(text: string): string[] {
  return wordsOf(text).filter((word) => !STOP.has(word));
}

/** Whether a word looks like a plural: what "they" can stand for and "it" cannot. */
export function isPlural(word: string): boolean {
  return /(?:[^s]s|people|children|women|men|youth|police)$/iu.test(word) && !/(?:us|is|ss)$/iu.test(word);
}
