import { tokenize } from '../index/index.js';

/**
 * Kinds of thing that a question can ask for. A passage about the topic answers only where it holds something of that
 * kind beyond what the question itself says.
 */
export const ASKED = [
  'money',
  'share',
  'count',
  'date',
  'person',
  'country',
  'place',
  'body',
  'document',
  'title',
  'cause',
] as const;

export type Asked = (typeof ASKED)[number];

/** What the words of a question, in small letters, show that it asks for; several may hold. */
const SIGNS: Readonly<Record<Asked, RegExp>> = {
  money:
    /\bhow much (?:money|cash|does|did|do|was|were|is|are|will|would|has|have|more|extra|per|in|a|an|it|they|to)\b|\b(?:costs?|budget|price(?: tag)?|fees?|salar(?:y|ies)|wages?|pay rise|donat\w+|financ(?:ed|ial) contribution|dollars?|euros?|worth|bill)\b|\bwho (?:pays|paid|funds|funded|finances|financed)\b|\bhow (?:expensive|costly|cheap)\b/u,
  share:
    /\b(?:per ?cent|percent(?:age)?|%|what (?:share|proportion|portion|fraction|part|rate)|how big a (?:part|share)|share of|rate of|ratio)\b/u,
  count:
    /\bhow (?:many|often|long|old|big|large|high|far|fast|few)\b|\bnumbers? of\b|\bwhat (?:age|number|score|figures?|length)\b|\bhow much (?:time|bigger|longer|more often)\b|\bfigures?\b|\bstatistics?\b/u,
  date: /\bwhen\b|\bwhat (?:date|day|year|month|time)\b|\bwhich (?:date|day|days|year|month)\b|\bdeadlines?\b|\bhow soon\b|\bsince when\b|\bby when\b|\bsince what\b|\btime ?(?:line|table)\b/u,
  person:
    /\bwho(?:se|m)?\b|\bname of (?:the )?(?:person|speaker|expert|chair|judge|minister|official|rapporteur|director)|\bwhich (?:person|speaker|ambassador|minister|expert|chair|judge|official|panellist|panelist)/u,
  country:
    /\b(?:which|what) (?:[\p{L}-]+ ){0,2}?(?:countr(?:y|ies)|nations?|states?|governments?|delegations?|member states?)\b|\bwhose\b|\bname the (?:countr|states|nations)/u,
  place:
    /\bwhere\b|\b(?:which|what) (?:[\p{L}-]+ )?(?:cit(?:y|ies)|towns?|venue|building|region|continent|place)\b/u,
  body: /\b(?:which|what) (?:[\p{L}-]+ ){0,2}?(?:organi[sz]ations?|agenc(?:y|ies)|bod(?:y|ies)|offices?|ngos?|institutions?|institutes?|committees?|compan(?:y|ies)|firms?|universit(?:y|ies)|foundations?|groups?|networks?|ministr(?:y|ies)|courts?|donors?)\b|\bwho (?:runs|ran|hosts|hosted|organi[sz]ed|developed|created|launched|funds|funded)\b/u,
  document:
    /\b(?:which|what) (?:[\p{L}-]+ ){0,3}?(?:resolutions?|articles?|rules?|treat(?:y|ies)|conventions?|instruments?|laws?|recommendations?|protocols?|paragraphs?|decisions?|act|statutes?|sections?|standards?|guidelines?|reports?|documents?|symbols?)\b/u,
  title:
    /\b(?:what (?:was|is|were) (?:the )?(?:names?|titles?|themes?|topics?|slogans?|mottos?)|(?:which|what) (?:theme|name|title|topic|slogan|motto)|called|titled|entitled|named)\b/u,
  cause:
    /\bwhy\b|\breasons?\b|\bwhat (?:caused|explains|led|prompted|made)\b|\bhow come\b|\bcause[sd]?\b|\bbecause of what\b/u,
};

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const DATE = new RegExp(
  `\\b\\d{1,2}(?:st|nd|rd|th)?(?: to \\d{1,2}| and \\d{1,2})? (?:${MONTHS})(?:,? \\d{4})?\\b|\\b(?:${MONTHS}),? (?:\\d{1,2}(?:st|nd|rd|th)?,? )?\\d{4}\\b|\\b(?:19|20)\\d\\d\\b`,
  'gu',
);
/** Numbers of texts, meetings and paragraphs, in small letters as the next three: not a count of anything. */
const REFERENCE =
  /\b(?:resolutions?|articles?|art\.?|rules?|paras?\.?|paragraphs?|sessions?|pillars?|goals?|sdgs?|annex|recommendations?|items?|documents?)\s+[\d/.,\s()]*(?:and\s+\d[\d/.]*)?|\b[a-z]\/[\w./-]+|\b\d+\/\d+\b|\b\d+(?:st|nd|rd|th)\b/gu;
const NUMBER_WORD =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|fifty|hundred|thousand|million|billion|dozens?|half|third|quarter';
const COUNT = new RegExp(`\\b\\d[\\d.,]*\\b|\\b(?:${NUMBER_WORD})\\b`, 'gu');
const SHARE = /\d\s*(?:per ?cent|%)|\b(?:per ?cent|percentage|half|one third|two thirds|majority|quarter)\b/u;
const MONEY = /[$€£]\s*\d|\b(?:dollars?|euros?|usd|eur)\b|\b\d[\d.,]*\s*(?:million|billion|trillion)\b/u;
const TITLED =
  /\b(?:Mr|Ms|Mrs|Dr|H\.\s?E|Prof)\.?\s+\p{Lu}|\b(?:Ambassador|Judge|Justice)\s+\p{Lu}|\b(?:Director|President|Chair|Chief|Rapporteur|Secretary|Vice-Chair|Representative|Head|Officer|Minister|Coordinator)\b[^.;]{0,60}\p{Lu}/u;
const DOCUMENT =
  /\b(?:resolutions?|articles?|art\.|rules?|recommendations?|Convention|Protocol|Declaration|Rules|Principles|Act|Guidelines|Treaty|Goals?|Strategy|Framework|Agenda|Plan)\b/u;
const CAUSE =
  /\b(?:because|due to|in order to|since|owing|therefore|thereby|thus|hence|so that|reasons?|caused?|causes|led to|leads? to|leading|driven|root causes|given that|given the|in view of|contribut\w+|with a view|result(?:ed|ing|s)? (?:in|from)|as (?:they|it|this|these|that)\b)/u;

/** What follows a preposition of place, but no month. */
const PLACE = new RegExp(`(?<=\\b(?:in|at|near) (?:the )?)(?!(?:${MONTHS})\\b)\\p{Lu}\\p{Ll}+`, 'gu');
/** Names of countries, by what Unicode's locale data calls the regions. */
const COUNTRIES = new RegExp(`\\b(?:${countryNames().join('|')})\\b`, 'gu');

/** What a question asks for. */
export function askedIn(question: string): Asked[] {
  const small = question.toLowerCase();
  return ASKED.filter((kind) => SIGNS[kind].test(small));
}

/** Whether a text holds something of a kind that the question does not say itself. */
export function holds(kind: Asked, text: string, question: string): boolean {
  const said = question.toLowerCase();
  const fresh = (found: Iterable<RegExpMatchArray>) =>
    [...found].some(([match]) => !said.includes(match.toLowerCase()));
  switch (kind) {
    case 'money':
      return MONEY.test(text.toLowerCase());
    case 'share':
      return SHARE.test(text.toLowerCase());
    case 'count': {
      const rest = text.replace(DATE, ' ').toLowerCase().replace(REFERENCE, ' ');
      return fresh(rest.matchAll(COUNT));
    }
    case 'date':
      return fresh(text.matchAll(DATE));
    case 'person':
      return TITLED.test(text);
    case 'country':
      return fresh(text.matchAll(COUNTRIES));
    case 'place':
      return fresh(text.matchAll(COUNTRIES)) || fresh(text.matchAll(PLACE));
    case 'body':
      return fresh(namesIn(text));
    case 'document':
      return DOCUMENT.test(text);
    case 'title':
      return /[“"‘]\p{L}/u.test(text) || fresh(namesIn(text));
    case 'cause':
      return CAUSE.test(text.toLowerCase());
  }
}

/** Names of several words, and words all in capitals. */
function namesIn(text: string): Iterable<RegExpMatchArray> {
  return text.matchAll(
    /\p{Lu}[\p{L}-]+(?:\s+(?:of|on|for|and|the|against|in)\b)*(?:\s+\p{Lu}[\p{L}-]+)+|\b\p{Lu}{3,}\b/gu,
  );
}

function countryNames(): string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const regions = letters.flatMap((a) => letters.flatMap((b) => names.of(a + b) ?? []));
  // As meetings name them.
  const formal = [
    'Republic of Korea',
    'Russian Federation',
    'Holy See',
    'Czech Republic',
    'State of Palestine',
  ];
  return [...new Set([...regions, ...formal])]
    .filter((name) => tokenize(name).length > 0)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
    .sort((a, b) => b.length - a.length);
}
