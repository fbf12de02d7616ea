import { refitted } from './fragments.js';
import { referenceIn, resolved } from './references.js';
import { appended, relativeYear, rescoped, type ScopeWords, scopesIn, withoutScopes } from './scopes.js';
import { contentWords, topicWords, wordsOf } from './words.js';

/** How a question was read beside the one before it. */
export interface Reading {
  readonly question: string;
  /** Whether words of the earlier question are in it. */
  readonly completed: boolean;
  /** Whether what is asked next is about this question, rather than the earlier one. */
  readonly leads: boolean;
}

/** Longest follow-up, and longest question that is taken apart, in UTF-16 code units: the rules are for what people say in a breath. */
const LONGEST_FOLLOW_UP = 300;
const LONGEST_EARLIER = 400;
/** Words of a bare phrase at most, and words of one that no "and" leads to. */
const PHRASE = 9;
const BARE_PHRASE = 4;
/** Words with a meaning of its own, at most: of a bare phrase, of one that has no place in the earlier question, and of a question that points elsewhere. */
const PHRASE_SAYS = 2;
const POINTER_SAYS = 3;

const LEAD =
  /^(?:(?:and|but|so|or|ok|okay|then|also|well|now|yes|no|thanks|thank you|please|right|again|great)\b[\s,.;:!–-]*)+/iu;
const INTRODUCED =
  /^(?:(?:what|how)(?:'s|’s)? about\b|what of\b|(?:(?:the|is it the|was it the|is that the|does the) )?same(?: (?:question|thing|again|apply|but|now))*(?= (?:for|in|with|about|on|to|of|under|at|during)\b)|(?:anything|something)(?= (?:in|under|during)\b)|(?:what|how) was it(?= (?:in|under|during)\b)|instead\b|rather\b)\s*/iu;
const LEADING_PREPOSITION = /^(?:about|on|for|regarding|with|to)\s+/iu;
const CLAUSE =
  /\b(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|should|shall|will|would|may|might|must|list|tell|explain|give|show|summari[sz]e|describe|compare|find|name)\b/iu;

const MORE =
  /^(?:(?:can|could|would) you )?(?:please )?(?:(?:tell me|tell us|say|give me|show me|know|read|hear|see) (?:(?:some|a (?:little|bit)) )?(?:more|further)|(?:any |some |the )?(?:more|further)?\s*(?:details?|information|particulars)|more|go on|continue|carry on|explain|elaborate|expand|in (?:more )?detail|(?:any|every)thing (?:else|more)|what else|what more)(?: (?:was|is) (?:there|said))?(?: (?:details?|information|about|on|of))?(?: (?:it|that|this|them|these))?(?: please)?$/iu;
const EXAMPLES =
  /^(?:(?:can|could) you )?(?:give me |show me |name |are there |were there |is there |like )?(?:an? |any |some |for |such as|like what|concrete |good )*(?:examples?|instances?|such as|like what)?(?: of (?:that|this|it|these|them))?(?: (?:given|mentioned|please))*$/iu;
const WH =
  /^(?:(?:by|for|to|with|from|of|in|at|since|until|about|against|on) )?(?:why|how|when|where|who|whom|what|which|whose)(?: (?:not|so|else|exactly|precisely|then|for|from|ones?|many|much|often|long|come|soon|of (?:them|these|those|it)|by|others?|is (?:that|this|it)|was (?:that|this|it)|are (?:they|those|these)|were (?:they|those|these)))*$/iu;
/** Asks for all on a topic: stands alone. */
const THEME = /^(?:everything|anything|something|all)\b/iu;
const FILLER =
  /\b(?:in|of|for|at|on|under|the|year|years|discussions?|only|just|instead|too|during|and|or|one|then|again|now)\b/giu;

/**
 * Reads a question beside the last one that stands alone.
 *
 * @param earlier a question that stands alone
 */
export function read(question: string, earlier: string): Reading {
  const alone: Reading = { question, completed: false, leads: true };
  if (question.length > LONGEST_FOLLOW_UP) return alone;
  const asked = question.replace(/[\s?.!…]+$/u, '').trim();
  const led = asked.replace(LEAD, '');
  const introduced = led.replace(INTRODUCED, '');
  const isLed = introduced !== asked;
  // "And?" asks for more.
  if (led === '' || MORE.test(led)) return carriedOn(earlier);
  if (EXAMPLES.test(led)) return added(earlier, 'which examples were given');
  if (WH.test(led)) return added(earlier, led.toLowerCase());

  if (earlier.length > LONGEST_EARLIER) return alone;

  const said = relativeYear(introduced, earlier) ?? introduced;
  const scopes = scopesIn(said);
  const rest = withoutScopes(said);
  if (scopes.length > 0 && wordsOf(rest.replace(FILLER, ' ')).length === 0) {
    return { question: rescoped(earlier, scopes), completed: true, leads: true };
  }
  if (isFragment(rest, introduced !== led, isLed)) {
    const phrase = introduced === led ? rest : rest.replace(LEADING_PREPOSITION, '');
    const fits = refitted(
      rescoped(earlier, scopes),
      phrase,
      isLed && contentWords(phrase).length <= PHRASE_SAYS,
    );
    return fits === null ? alone : { question: fits, completed: true, leads: true };
  }
  // What says much by itself points to itself.
  if (topicWords(rest).length > POINTER_SAYS) return alone;
  const reference = referenceIn(led);
  if (reference) {
    // "What else did she say?" names nothing beside her: what she spoke about goes on.
    const says = topicWords(withoutScopes(led)).length > 0 || reference.kind !== 'person';
    const whole = says ? resolved(led, reference, withoutScopes(earlier)) : null;
    return whole === null
      ? added(rescoped(earlier, scopes), asClause(withoutScopes(led)))
      : { question: asQuestion(inScopeOf(whole, scopes, earlier)), completed: true, leads: true };
  }
  if (topicWords(rest).length === 0 && (scopes.length === 0 || isLed)) {
    return added(rescoped(earlier, scopes), asClause(withoutScopes(led)));
  }
  return alone;
}

function isFragment(rest: string, introduced: boolean, led: boolean): boolean {
  const length = wordsOf(rest).length;
  const says = contentWords(rest).length;
  if (says === 0 || THEME.test(rest)) return false;
  if (introduced) return length <= 2 * PHRASE;
  return !CLAUSE.test(rest) && (led ? length <= PHRASE : length <= BARE_PHRASE && says <= PHRASE_SAYS);
}

function carriedOn(earlier: string): Reading {
  return { question: earlier, completed: true, leads: false };
}

/** "Was that a problem, and why?" */
function added(earlier: string, clause: string): Reading {
  const stem = earlier.replace(/[\s?.!]+$/u, '');
  return { question: `${stem}, and ${clause}?`, completed: true, leads: false };
}

/** A resolved question keeps the place that the earlier one was about. */
function inScopeOf(question: string, own: readonly ScopeWords[], earlier: string): string {
  return own.length > 0
    ? question
    : scopesIn(earlier).reduce((text, { words }) => appended(text, words), question);
}

function asQuestion(text: string): string {
  const stem = text.replace(/[\s?.!]+$/u, '');
  return `${stem.charAt(0).toUpperCase()}${stem.slice(1)}?`;
}

/** A question inside another begins small, unless it begins with a name. */
function asClause(text: string): string {
  const stem = text.replace(/[\s?.!]+$/u, '');
  return CLAUSE.test(stem.split(/\s/u)[0] ?? '') ? stem.charAt(0).toLowerCase() + stem.slice(1) : stem;
}
