import { contentAfter, contentBefore, cuesIn, phrasesOf } from './cues.js';
import { denialsIn, LESS } from './denials.js';
import { areOpposite, groupsOf } from './lexicon.js';
import { meantBy } from './meaning.js';
import { ofSource } from './source.js';
import { basesOf } from './stems.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Words of general English that deny, refuse, end or belittle what stands with them. */
const NEGATIVE = new Set(
  `dismiss disregard withhold withheld omit omission neglect ignore overlook discard abandon cancel revoke repeal suspend withdraw withdrew withdrawn halt cease block resist obstruct thwart frustrate forbid forbade forbidden prohibit ban bar deny reject refuse decline oppose contest dispute contradict contradiction rebut refute disprove doubt doubtful distrust mistrust discourage dissuade deter discredit disapprove disagree disagreement dissent condemn criticize deplore denounce blame undermine weaken worsen deteriorate erode impair skip shun boycott evade avoid fail failure falter stall collapse stagnate lapse expire vanish disappear dissolve dismantle abolish erase delete exclude expel deprive bereft devoid lack absent absence missing void futile useless pointless worthless needless hopeless powerless helpless fruitless irrelevant irrelevance insignificant trivial negligible marginal minor meaningless superfluous redundant obsolete outdated optional mistaken wrong false untrue incorrect erroneous inaccurate misleading flawed defective faulty bad inferior ineffective inefficient inadequate insufficient incomplete impossible unable unlikely reluctant hesitant hesitate sceptical skeptical skepticism scepticism questionable dubious improbable scant meagre sparse minimal veto overturn reverse nullify invalidate negate counterproductive harmful detrimental hostile averse immune exempt spare quit forgo waive relinquish renounce postpone delay defer shelve conceal hide hidden secret secretly silent silence oblivious indifferent indifference apathy lukewarm isolate disconnect detach incompatible inconsistent conflict clash contrary inessential dispensable inferior invisible invalid inaction inactive inaccessible inadmissible inapplicable inappropriate incapable incoherent incompetent inconclusive ineffectual ineligible inexperienced infeasible infrequent insecure insensitive intolerant involuntary inability immaterial imperfect implausible impractical impracticable imprecise improper imbalance irresponsible irregular illegitimate illogical illegal disallow disband discontent discontinue disengage disinterest dislike disobey disown disparage displease disqualify disrespect dissatisfy dissatisfaction dissociate disuse misjudge mislead misunderstand neglectful exacerbate aggravate deepen premature belittle downplay minimize lose lost loss forget forgot forgotten cut curtail curb ease relax stop prevent preclude impede hinder hamper refrain abstain burden nuisance distraction miss reverse fault degrade lengthen`
    .split(' ')
    .map((word) => basesOf(word)[0]),
);
/** Words that only look as if a prefix turned them. */
const NO_PREFIX =
  /^(?:un(?:der|it|iv|iq|if|ion|io|anim|til|less|to$|do)|non(?:e$|etheless))|^(?:un|non).{0,3}$/u;

/** What makes little of what stands with it, or denies it, without a word of denial. */
export function isNegative(token: Token): boolean {
  const stem = token.bases[0] ?? '';
  return NEGATIVE.has(stem) || (/^(?:un|non)/u.test(token.key) && !NO_PREFIX.test(token.key));
}

/** What belittles where it stands in a sentence; in a source more may stand for it, see `LESS`. */
const BELITTLING = phrasesOf(
  'few|fewer|little|low|scarce*|slight*|modest*|nominal*|only partly|partially|at best|too little|too few',
);
/** Positions of a source that deny, belittle or lack. */
export const negativesOf = ofSource(({ tokens }) => {
  const found = new Set<number>();
  for (const { first, last } of [...denialsIn(tokens), ...cuesIn(tokens, LESS)]) {
    for (let at = first; at <= last; at += 1) found.add(at);
  }
  for (const [at, token] of tokens.entries()) if (isNegative(token)) found.add(at);
  return found;
});

const SHRINKS = /^(?:decreas|declin|reduc|fell$|fall|drop|lower)/u;
/** Words of the source around the neighbours of a word, where something negative may stand for it. */
const NEAR = 6;

/** Words that turn what a sentence says to the negative while the source says nothing of the kind there. */
export function negativeFaults(view: View): Fault[] {
  const { tokens, source, alignment, used } = view;
  const denials = denialsIn(tokens);
  const theirs = negativesOf(source);
  const belittling = new Set(cuesIn(tokens, BELITTLING).map(({ first }) => first));
  const times = (place: number): number => alignment.at.filter((other) => other === place).length;
  const same = new Set(alignment.at.filter((_, at) => (alignment.distance[at] ?? 2) < 2));
  return tokens.flatMap((token, at): Fault[] => {
    if (!belittling.has(at) && !isNegative(token)) return [];
    if (denials.some(({ first, last }) => at >= first && at <= last)) return [];
    const place = alignment.at[at] ?? -1;
    // Two words for one of the source: the one that is not the same stands for nothing.
    const own = times(place) === 1 || source.tokens[place]?.key === token.key;
    if (
      place !== -1 &&
      own &&
      ((alignment.distance[at] ?? 2) < 2 || (!belittling.has(at) && !same.has(place)))
    )
      return [];
    const isThere = ({ key, sentence }: Token): boolean => key === token.key && used.has(sentence);
    if ((place === -1 || own) && source.tokens.some(isThere)) return [];
    // "illegal" for "illicit".
    if (
      [...meantBy(token, source)].some(
        ([other, how]) => how === 'same' && used.has(source.tokens[other]?.sentence ?? -1),
      )
    )
      return [];
    // "fewer" of what decreased.
    if (
      /^(?:fewer|less)$/u.test(token.key) &&
      source.tokens.some((other) => SHRINKS.test(other.key) && used.has(other.sentence))
    )
      return [];
    const groups = groupsOf(token.bases);
    const neighbours = [...contentBefore(tokens, at, 3), ...contentAfter(tokens, at, 3)]
      .map((other) => alignment.at[other] ?? -1)
      .filter((other) => other !== -1);
    const meant = [...theirs].some((other) => {
      const word = source.tokens[other];
      if (!word || !used.has(word.sentence)) return false;
      // A word of the source that the sentence has as well stands for nothing else.
      if (same.has(other)) return false;
      if (areOpposite(token.bases, word.bases)) return false;
      if (groupsOf(word.bases).some((group) => groups.includes(group))) return true;
      return neighbours.some((near) => Math.abs(near - other) <= NEAR);
    });
    return meant ? [] : [{ kind: 'negation', words: wordsOfView(view, at) }];
  });
}
