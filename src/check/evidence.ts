import { wordNet } from '../wordnet/index.js';
import type { Covered } from './coverage.js';
import type { Cue } from './cues.js';
import { denialsIn } from './denials.js';
import { isLight } from './kinds.js';
import { ownLinksIn } from './links.js';
import { isNegative, negativesOf } from './negative.js';
import { ofSource } from './source.js';
import type { Token } from './tokens.js';
import type { View } from './view.js';

/** Faults that single checks found; each is evidence and none the judgement. */
export interface Suspicions {
  readonly denials: number;
  readonly causes: number;
}

/**
 * What tells a sentence that its source bears out from one that it does not: shares of its content words, counts up to `MOST`, or 0
 * and 1.
 */
export type Evidence = Readonly<Record<(typeof EVIDENCE)[number], number>>;

export const EVIDENCE = [
  'denials',
  'causes',
  'same',
  'newWords',
  'newNegatives',
  'newStances',
  'bestSentence',
  'jumps',
  'back',
  'moreDenials',
  'links',
  'wantedLost',
  'alike',
  'pairs',
  'newLinks',
  'negativesLost',
  'cut',
] as const;

/** Counts above this say no more. */
const MOST = 3;
/** Words of the source around a word that is taken from it, where a denial may be of it. */
const AROUND = 4;
const FAR = 12;
/** Words of the source from one that is taken from it to the next, where they are told together. */
const BESIDE = 6;
/** What makes little of something in a sentence that retells a source which does. */
const LITTLE =
  /^(?:few|fewer|little|less|low|lower|rare|rarely|limited|against|instead|than|until|before|beyond)$/u;
const WANTED =
  /^(?:should|must|can|could|may|might|would|need|needs|needed|called|recommended|importance|encouraged|ought|wanted|asked|urged)$/u;

/** @param suspicions of the single checks */
export function evidenceOf(view: View, covered: readonly Covered[], suspicions: Suspicions): Evidence {
  const { tokens, source, alignment, used } = view;
  const told = covered.filter(({ at }) => !tokens[at]?.reporting);
  const size = Math.max(1, told.length);
  const share = (holds: (one: Covered) => boolean): number => told.filter(holds).length / size;
  const count = (number: number): number => Math.min(MOST, Math.max(0, number));
  const counted = (holds: (one: Covered) => boolean): number => count(covered.filter(holds).length);
  const isNew = ({ cover }: Covered): boolean =>
    cover === 'none' || cover === 'special' || cover === 'general';
  const isUnpleasant = (one: Covered): boolean => {
    const token = tokens[one.at];
    return token !== undefined && (wordNet().valenceOf(token.key) < 0 || isNegative(token));
  };
  const isWeighty = ({ at }: Covered): boolean => !isLight(tokens[at]?.bases ?? []);

  const placed = told.flatMap(({ at }) => {
    const place = alignment.at[at] ?? -1;
    return place === -1 ? [] : [{ at, place, sentence: source.tokens[place]?.sentence ?? -1 }];
  });
  const steps = placed.slice(1).map((to, index) => {
    const from = placed[index] ?? to;
    const within = tokens[from.at]?.clause === tokens[to.at]?.clause;
    return { within, crosses: from.sentence !== to.sentence, way: to.place - from.place };
  });
  const near = new Set(
    placed.flatMap(({ place }) => Array.from({ length: 2 * AROUND + 1 }, (_, i) => place - AROUND + i)),
  );
  const ownDenials = denialsIn(tokens);
  const theirDenials = denialsIn(source.tokens).filter(
    ({ first }) => near.has(first) && used.has(source.tokens[first]?.sentence ?? -1),
  );
  const isBelittling = (token: Token): boolean => LITTLE.test(token.key) || isNegative(token);
  const isWanted = ({ key }: { readonly key: string }): boolean => WANTED.test(key);

  // "should" stands before what is wanted; "was recommended" may follow it.
  const isLostWish = (token: Token, place: number): boolean =>
    isWanted(token) &&
    placed.some((one) => {
      const way = one.place - place;
      return way <= AROUND && way >= (token.key.endsWith('ed') ? -AROUND : 1);
    });

  return {
    denials: count(suspicions.denials),
    causes: count(suspicions.causes),
    same: share(({ cover }) => cover === 'same'),
    newWords: share((one) => one.cover === 'none' && isWeighty(one) && !isVerb(view, one.at)),
    newNegatives: share((one) => isNew(one) && isUnpleasant(one)),
    newStances: counted(({ newStance }) => newStance),
    bestSentence: mostInOne(view, told) / size,
    jumps: count(steps.filter(({ within, crosses }) => crosses && !within).length),
    back: count(steps.filter(({ crosses, way }) => !crosses && way < 0 && way >= -FAR).length),
    moreDenials: count(ownDenials.length - theirDenials.length),
    links: count(ownLinksIn(view).length),
    wantedLost: !tokens.some(isWanted) && source.tokens.some(isLostWish) ? 1 : 0,
    alike: share(({ cover }) => cover === 'alike'),
    pairs:
      steps.length === 0
        ? 1
        : steps.filter(({ crosses, way }) => !crosses && way > 0 && way <= BESIDE).length / steps.length,
    negativesLost:
      ownDenials.length > 0 || tokens.some(isBelittling)
        ? 0
        : count(
            [...negativesOf(source)].filter(
              (place) =>
                !placed.some((one) => one.place === place) &&
                placed.filter((one) => Math.abs(one.place - place) <= AROUND).length > 1,
            ).length,
          ),
    cut: suspicions.denials === 0 && suspicions.causes === 0 && isCut(view) ? 1 : 0,
    newLinks: count(ownLinksIn(view).filter(({ cue }) => !isThere(view, cue)).length),
  };
}

/** Whether the sentences in use have the very words of a link. */
function isThere({ tokens, source, used }: View, { first, last }: Cue): boolean {
  const own = tokens.slice(first, last + 1);
  return source.tokens.some(
    ({ sentence }, place) =>
      used.has(sentence) && own.every(({ key }, offset) => source.tokens[place + offset]?.key === key),
  );
}

const wordsBySentence = ofSource(({ tokens }) => {
  const rows = new Map<number, string[]>();
  for (const { sentence, bases } of tokens) {
    const row = rows.get(sentence) ?? [];
    rows.set(sentence, row);
    row.push(bases[0] ?? '');
  }
  return rows;
});

/** Whether the sentence is one of the source with words left out, and nothing put in. */
function isCut({ tokens, source, used }: View): boolean {
  const rows = wordsBySentence(source);
  return [...used].some((sentence) => {
    let at = 0;
    const row = rows.get(sentence) ?? [];
    return tokens.every(({ bases }) => {
      at = row.indexOf(bases[0] ?? '', at) + 1;
      return at > 0;
    });
  });
}

/** Most words that one sentence of the source has. */
function mostInOne({ source }: View, covered: readonly Covered[]): number {
  const counts = new Map<number, number>();
  for (const { places } of covered) {
    for (const sentence of new Set(places.map((place) => source.tokens[place]?.sentence ?? -1)))
      counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Whether a word looks like a verb by its end or by what stands before it. */
function isVerb({ tokens }: View, at: number): boolean {
  return (
    /(?:ed|ing|ize|ise|ify)$/u.test(tokens[at]?.key ?? '') ||
    /^(?:to|can|could|may|might|must|should|will|would|not|cannot)$/u.test(tokens[at - 1]?.key ?? '')
  );
}
