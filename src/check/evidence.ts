import { wordNet } from '../wordnet/index.js';
import { causesAround } from './causes.js';
import type { Covered } from './coverage.js';
import { cuesIn } from './cues.js';
import { denialsIn, LESS } from './denials.js';
import { isLight } from './kinds.js';
import { isNegative } from './negative.js';
import type { View } from './view.js';

/** Faults that single checks found; each is evidence and none the judgement. */
export interface Suspicions {
  readonly denials: number;
  readonly causes: number;
  readonly modality: number;
}

/**
 * What tells a sentence that its source bears out from one that it does not: shares of its content words, counts up to `MOST`, or 0
 * and 1.
 */
export type Evidence = Readonly<Record<(typeof EVIDENCE)[number], number>>;

export const EVIDENCE = [
  'denials',
  'causes',
  'modality',
  'same',
  'general',
  'special',
  'none',
  'newWords',
  'newVerbs',
  'newNegatives',
  'newActors',
  'newStances',
  'opposites',
  'listedOpposites',
  'bestSentence',
  'bestPair',
  'crossings',
  'jumps',
  'far',
  'back',
  'moreDenials',
  'moreLittle',
  'lessLittle',
  'links',
  'newLinks',
  'moreLinks',
  'wantedLost',
  'pleasanter',
  'unpleasanter',
] as const;

/** Counts above this say no more. */
const MOST = 3;
/** Words of the source around a word that is taken from it, for denials and the like, and for causes. */
const AROUND = 4;
const AROUND_LINK = 6;
const FAR = 12;
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
  const keyOf = ({ at }: Covered): string => tokens[at]?.key ?? '';
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
  const around = (reach: number): Set<number> =>
    new Set(
      placed.flatMap(({ place }) => Array.from({ length: 2 * reach + 1 }, (_, i) => place - reach + i)),
    );
  const near = around(AROUND);
  const ownDenials = denialsIn(tokens);
  const denied = new Set(ownDenials.flatMap(({ first, last }) => [first, last]));
  const theirDenials = denialsIn(source.tokens).filter(
    ({ first }) => near.has(first) && used.has(source.tokens[first]?.sentence ?? -1),
  );
  const little = cuesIn(tokens, LESS).length;
  const theirLittle = cuesIn(source.tokens, LESS).filter(({ first }) => near.has(first)).length;
  const links = causesAround(view, around(AROUND_LINK));
  const isWanted = ({ key }: { readonly key: string }): boolean => WANTED.test(key);
  const pleasant = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + Math.sign(wordNet().valenceOf(key)), 0);
  const feeling =
    pleasant(told.filter(({ at }) => !denied.has(at)).map(keyOf)) -
    pleasant(source.tokens.filter(({ content }, place) => content && near.has(place)).map(({ key }) => key));

  return {
    denials: count(suspicions.denials),
    causes: count(suspicions.causes),
    modality: count(suspicions.modality),
    same: share(({ cover }) => cover === 'same'),
    general: share(({ cover }) => cover === 'general'),
    special: share(({ cover }) => cover === 'special'),
    none: share(({ cover }) => cover === 'none'),
    newWords: share((one) => one.cover === 'none' && isWeighty(one) && !isVerb(view, one.at)),
    newVerbs: share((one) => one.cover === 'none' && isWeighty(one) && isVerb(view, one.at)),
    newNegatives: share((one) => isNew(one) && isUnpleasant(one)),
    newActors: counted(({ newActor }) => newActor),
    newStances: counted(({ newStance }) => newStance),
    opposites: counted(({ opposite }) => opposite),
    listedOpposites: counted(({ listedOpposite }) => listedOpposite),
    bestSentence: bestShare(view, told, 0) / size,
    bestPair: bestShare(view, told, 1) / size,
    crossings: count(steps.filter(({ within, crosses }) => within && crosses).length),
    jumps: count(steps.filter(({ crosses }) => crosses).length),
    far: count(steps.filter((step) => step.within && !step.crosses && Math.abs(step.way) > FAR).length),
    back: count(steps.filter(({ crosses, way }) => !crosses && way < 0 && way >= -FAR).length),
    moreDenials: count(ownDenials.length - theirDenials.length),
    moreLittle: count(little - theirLittle),
    lessLittle: count(theirLittle - little),
    links: count(links.own),
    newLinks: links.own > 0 && links.theirs === 0 ? 1 : 0,
    moreLinks: count(links.own - links.theirs),
    wantedLost:
      !tokens.some(isWanted) && source.tokens.some((token, place) => near.has(place) && isWanted(token))
        ? 1
        : 0,
    pleasanter: count(feeling),
    unpleasanter: count(-feeling),
  };
}

/** Most words that one sentence of the source has, or it with the one after it. */
function bestShare({ source }: View, covered: readonly Covered[], more: 0 | 1): number {
  const sentencesOf = ({ places }: Covered): Set<number> =>
    new Set(
      places.flatMap((place) => {
        const sentence = source.tokens[place]?.sentence ?? -1;
        return more === 1 ? [sentence, sentence - 1] : [sentence];
      }),
    );
  const counts = new Map<number, number>();
  for (const one of covered)
    for (const sentence of sentencesOf(one)) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Whether a word looks like a verb by its end or by what stands before it. */
function isVerb({ tokens }: View, at: number): boolean {
  return (
    /(?:ed|ing|ize|ise|ify)$/u.test(tokens[at]?.key ?? '') ||
    /^(?:to|can|could|may|might|must|should|will|would|not|cannot)$/u.test(tokens[at - 1]?.key ?? '')
  );
}
