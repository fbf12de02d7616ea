import { type Cue, cuesIn, focusOf, type Phrases, phrasesOf } from './cues.js';
import { ofSource, type Source } from './source.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** What is wanted of somebody, rather than what is. */
const WANTED = phrasesOf(`
should|shall|must|ought to|need|needs|needed|need to|have to|has to|had to|required|require*|requirement*|necessar*|necessity|obligat*|obliged|mandatory|duty|duties
recommend*|encourag*|urge|urges|urged|urging|call for|calls for|called for|calling for|call upon|calls upon|called upon|call on|calls on|called on|calling on|calling upon|call to|calls to|called to|ask*|suggest*|propos*|invit*|advocat*|appeal*|request*|demand*|wish*|want*|importan*|crucial|essential|vital|paramount|imperative|urgent*|advis*|priorit*|would|better to|desirab*|await*|pending|yet to|may wish
`);
/** What may be, rather than what is. */
const POSSIBLE = phrasesOf(`
may|might|could|can|would|possib*|potential*|perhaps|likely|probab*|risk*|able|ability|fear*|concern*|expect*|hope*|threat*|danger*|chance*|opportunit*|capab*|suggest*|seem*|appear*|enable*|allow*|worr*|warn*|possibl*|promis*|prospect*|tend*|help*|should|vulnerab*|susceptib*
`);
/** Where these stand, what follows is wanted, not done. */
const SOURCE_WANTED = phrasesOf(
  'should|shall|must|needs to|needed to|have to|ought to|encouraged to|encourage|encouraged|urged to|urged|called for|calls for|called upon|called on|recommended|recommended to|invited to|invited|suggested|proposed|requested',
);
/** Where these stand, what follows is needed; who stresses it need not say so again. */
const SOURCE_NEEDED = phrasesOf('need for|need to|need of');
/** What a sentence may put as advice. */
const ADVISABLE = phrasesOf(
  'key|critical|crucial|essential|vital|importan*|central|fundamental|paramount|decisive|value|valuable|role|benefit*|call*|aim*|goal*|commit*|priorit*|encourag*|efforts',
);
/** Where these stand, what follows may be. */
const SOURCE_POSSIBLE = phrasesOf('may|might|could');
/** What binds: only what binds in the record may be said to. */
const BINDING = phrasesOf(
  'must|shall|required to|obliged to|obligated to|mandatory|compulsory|obligatory|obligation|obligations|imperative|legally bound|bound to',
);
const SOURCE_BINDING = phrasesOf(
  'must|shall|have to|has to|had to|require*|obliged|obligat*|mandatory|compulsory|imperative|need*|necessar*|duty|duties|bound|binding|crucial|essential|vital|indispensable|critical|paramount|only',
);
const ADVISING = phrasesOf('should|ought to|needs to|need to|have to|has to|had to');
/** Words that limit; they must stand in the source. */
const LIMITING = phrasesOf(
  'everywhere|universally|invariably|unconditionally|without exception|wherever|at all times|in all cases|only|solely|exclusively|entirely|completely|fully|always|guaranteed|guarantees|certainly|proved|proven|proves',
);

const cuesOfSource = (phrases: Phrases): ((source: Source) => Cue[]) =>
  ofSource(({ tokens }) => cuesIn(tokens, phrases));
const wantedOf = cuesOfSource(SOURCE_WANTED);
const possibleOf = cuesOfSource(SOURCE_POSSIBLE);
const bindingOf = cuesOfSource(SOURCE_BINDING);
const anyWantedOf = cuesOfSource(WANTED);
const advisableOf = cuesOfSource(ADVISABLE);
const neededOf = cuesOfSource(SOURCE_NEEDED);

/** What the source wants or holds possible, told as a fact; what it advises, told as binding. */
export function modalityFaults(view: View): Fault[] {
  const { tokens, source, alignment, used } = view;
  const faults: Fault[] = [];
  const inUse = (at: number): boolean => used.has(source.tokens[at]?.sentence ?? -1);
  const placed = new Set(alignment.at.filter((place) => place !== -1));
  const wanted = cuesIn(tokens, WANTED);
  const possible = cuesIn(tokens, POSSIBLE);
  const stressed = tokens.flatMap(({ reporting }, at) => (reporting ? [{ first: at, last: at }] : []));
  for (const [cuesOf, owns] of [
    [wantedOf, wanted],
    [possibleOf, [...possible, ...wanted]],
    [neededOf, [...wanted, ...stressed]],
  ] as const) {
    for (const cue of cuesOf(source)) {
      if (!inUse(cue.first)) continue;
      const focus = focusOf(source.tokens, cue, 2).filter((at) => at > cue.last);
      if (focus.length === 0 || !focus.every((at) => placed.has(at))) continue;
      const at = alignment.at.indexOf(focus[0] ?? -1);
      // "standards to support States" for "standards that could support States".
      if (cuesOf === possibleOf && tokens[at - 1]?.key === 'to') continue;
      if (owns.some((own) => own.first < at || tokens[own.first]?.clause === tokens[at]?.clause)) continue;
      const from = source.tokens[cue.first];
      const to = source.tokens[focus.at(-1) ?? cue.last];
      const text = source.texts[from?.passage ?? 0] ?? '';
      faults.push({ kind: 'uncovered', words: text.slice(from?.start ?? 0, to?.end ?? 0) });
    }
  }
  const check = (phrases: Phrases, allowed: readonly ((source: Source) => Cue[])[]): void => {
    const cues = cuesIn(tokens, phrases);
    if (cues.length === 0 || allowed.some((of) => of(source).some(({ first }) => inUse(first)))) return;
    for (const cue of cues) faults.push({ kind: 'uncovered', words: wordsOfView(view, cue.first, cue.last) });
  };
  check(BINDING, [bindingOf]);
  check(ADVISING, [anyWantedOf, advisableOf]);
  for (const cue of cuesIn(tokens, LIMITING)) {
    const token = tokens[cue.first];
    const before = tokens[cue.first - 1]?.key ?? '';
    if (token?.key === 'only' && (before === 'not' || /n't$/u.test(before))) continue;
    const same = source.tokens.some(
      (other, place) =>
        used.has(other.sentence) &&
        // "not only" limits nothing.
        !(other.key === 'only' && /^(?:not|n't)$/u.test(source.tokens[place - 1]?.key ?? '')) &&
        (other.bases.some((base) => token?.bases.includes(base)) ||
          (token?.key === 'only' &&
            /^(?:solely|exclusively|alone|sole|merely|last|limited|just)$/u.test(other.key)) ||
          (token?.key !== 'only' &&
            /^(?:full|fully|entire|whole|complete|comprehensive|ensur\w+|assur\w+|guarantee\w*|show\w*|all)$/u.test(
              other.key,
            ))),
    );
    if (!same) faults.push({ kind: 'uncovered', words: wordsOfView(view, cue.first, cue.last) });
  }
  return faults;
}
