import { basesOf } from './stems.js';
import { SAME } from './synonyms.js';

/** Two sides of a line must not be put for each other. Forms and derivations (`stems.ts`) need no mention. */
const OPPOSITE = `
increase raise rise grow surge growth expand / decrease reduce decline fall drop lower diminish lessen minimize cut shrink
more greater higher / less fewer lower
before prior previous preceding / after following subsequent
allow permit enable authorize / prohibit ban forbid prevent bar disallow
high / low
improve enhance strengthen better / weaken worsen undermine deteriorate impair erode worse
include inclusive inclusion integrate involve participate / exclude exclusion exclusive
accept / reject refuse decline
support favour / oppose reject
success succeed successful / failure fail unsuccessful
positive favourable / negative adverse unfavourable
formal / informal
domestic national / foreign
public / private
urban / rural
legal lawful / illegal unlawful illicit
adequate sufficient enough / inadequate insufficient
always / never
first / last final
begin start open / end finish close conclude
minimum least minimize / maximum most maximize
victim / offender perpetrator
child / adult
mandatory compulsory obligatory / voluntary optional
direct / indirect
easy simple / difficult hard complex challenging
upstream / downstream
developing / developed
bilateral / multilateral
demand / supply
online / offline
internal / external
new / old
short brief / long lengthy
early / late
rich wealthy / poor
advantage benefit / disadvantage drawback
mitigate alleviate / exacerbate aggravate
facilitate promote help encourage / hinder hamper impede obstruct discourage deter
woman female girl / man male boy
young youth / old elderly
strong robust / weak
fast quick rapid swift / slow
agree agreement / disagree disagreement
continue / stop cease discontinue
available / unavailable
consistent / inconsistent
safe secure / unsafe dangerous insecure
complete full / incomplete partial
binding / nonbinding
centralized / decentralized
proactive / reactive
temporary / permanent
regional / global
urgent / unnecessary
trust confidence / distrust mistrust
reward / punish
optimistic / pessimistic
praise welcome commend / criticize condemn deplore
important crucial essential / unimportant negligible trivial
many numerous / few
everything everyone / nothing nobody
above exceed / below
import / export
prosecution / defence
guilty / innocent
win gain / lose loss
common frequent often / rare seldom
satisfaction satisfied / dissatisfaction dissatisfied
plentiful abundant ample abound / limited scarce few insufficient lack shortage
converge converging convergence / diverge diverging divergence divergent
tolerate tolerance condone / punish condemn intolerance
allow let / stop
publish publicize disclose reveal open / conceal hide withhold confidential secret
create establish introduce form build found / abolish dismantle dissolve destroy
appoint hire / dismiss
approve endorse adopt ratify / reject veto disapprove
attack / defend
promising encouraging hopeful / disappointing discouraging bleak
custodial / noncustodial
separate isolated / joint common shared together
unite unify / divide split
expand broaden widen extend / narrow restrict limit
tighten stricter strict / loosen relax lenient
accelerate hasten / delay slow postpone
attract / repel
build trust / erode
heal recover / harm
protect safeguard / expose endanger
remember recall / forget
remain stay persist / vanish disappear leave
respect uphold comply / violate breach infringe disregard
reveal / conceal
scarcely hardly / fully
severe serious grave / mild minor
similar alike same / different distinct
single / several multiple many
solve resolve / cause
stable stability / unstable instability
sufficient / scarce short
clear transparent / unclear opaque vague
close near / distant far remote
active / passive inactive
alive / dead
armed / unarmed
certain sure / uncertain doubtful
civil / military
collective / individual
common / unusual
concrete specific / vague abstract
confirm / refute disprove
deny / confirm admit
deep / shallow
dependent / independent
effective efficient / ineffective inefficient
equal equality / unequal inequality
expensive costly / cheap
explicit / implicit
external / internal
fair just / unfair unjust
flexible flexibility / rigid rigidity inflexible
full / empty
gather collect / scatter disperse
harmless / harmful
impunity / punishment accountability
innovative / traditional conventional
known familiar / unknown unfamiliar
majority / minority
major / minor
narrow / wide broad
necessary / unnecessary needless
obey / disobey
organized / disorganized
peace peaceful / war conflict
popular / unpopular
possible / impossible
present / absent
probable likely / improbable unlikely
prudent / reckless
punitive / restorative
pro favour / against
relevant / irrelevant
reliable / unreliable
responsible / irresponsible
sanction punish / reward
simple / complex
start / stop
superior / inferior
sustainable / unsustainable
tangible / intangible
top / bottom
useful helpful valuable / useless worthless
verify / falsify
visible / invisible
willing / unwilling reluctant
worthwhile / futile
permanent lasting / temporary shortlived
prevent avoid / cause provoke
punish / pardon
deepen intensify tighten deepening / loosen soften fade ebb
harmonize unify harmonization / differ diverge vary divergence
release free / detain imprison arrest
teach / learn
`;

/** Numbers of the groups that a base belongs to. */
const groups = new Map<string, number[]>();
/** For each base, the bases that say the opposite. */
const opposites = new Map<string, Set<string>>();

for (const [number, line] of SAME.trim().split('\n').entries()) {
  for (const base of basesOfWords(line)) groups.set(base, [...(groups.get(base) ?? []), number]);
}
for (const line of OPPOSITE.trim().split('\n')) {
  const [left = [], right = []] = line.split(' / ').map(basesOfWords);
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const base of own) opposites.set(base, new Set([...(opposites.get(base) ?? []), ...other]));
  }
}

function basesOfWords(words: string): string[] {
  return [...new Set(words.split(' ').flatMap((word) => basesOf(word)))];
}

/** Groups of words that may stand for a word. */
export function groupsOf(bases: readonly string[]): number[] {
  return bases.flatMap((base) => groups.get(base) ?? []);
}

/** Whether one word says the opposite of another. */
export function areOpposite(left: readonly string[], right: readonly string[]): boolean {
  return left.some((base) => {
    const others = opposites.get(base);
    return others !== undefined && right.some((other) => others.has(other));
  });
}

/** Whether a word has an opposite. */
export function isPolar(bases: readonly string[]): boolean {
  return bases.some((base) => opposites.has(base));
}
