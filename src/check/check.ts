import { alignWords } from './align.js';
import { causeFaults } from './causes.js';
import { contrastFaults } from './contrasts.js';
import { type Covered, coverageOf } from './coverage.js';
import { EVIDENCE, type Evidence, evidenceOf } from './evidence.js';
import { figureFaults } from './figures.js';
import { gatheredFaults } from './gathered.js';
import { talkIn } from './instructions.js';
import { isSpeaker } from './kinds.js';
import { modalityFaults } from './modality.js';
import { nameFaults } from './names.js';
import { negativeFaults } from './negative.js';
import { polarityFaults } from './polarity.js';
import { quantityFaults } from './quantities.js';
import { quotationFaults, withoutQuotations } from './quotations.js';
import { restrictionFaults } from './restrictions.js';
import { retoldIn } from './retold.js';
import { ofSource, type Source, sourceOf } from './source.js';
import { type Token, tokensOf } from './tokens.js';
import type { CheckedPassage, Fault, Retold, SentenceVerdict } from './types.js';
import { type View, wordsOfView } from './view.js';
import { BIAS, THRESHOLD, WEIGHTS } from './weights.js';

/** What was found of a sentence before it is judged. */
export interface Examined {
  /** Each of them is enough. */
  readonly faults: readonly Fault[];
  /** Null where there is nothing to weigh: it cites nothing. */
  readonly evidence: Evidence | null;
  /** What to say where the evidence is too much: words that single checks found, or that the source has not. */
  readonly suspected: readonly Fault[];
  /** What of the passages it retells, rightly or not. */
  readonly retold: readonly Retold[];
  /** Whether it is a whole sentence of the passages, word for word. */
  readonly verbatim: boolean;
}

/**
 * Whether a sentence that a language model wrote may reach a reader: all that it says stands in what it cites.
 *
 * @param sentence without its marks of citation
 * @param cited the paragraphs that it cites; with none it is not supported
 */
export function checkSentence(sentence: string, cited: readonly CheckedPassage[]): SentenceVerdict {
  const { faults: found, evidence, suspected, retold, verbatim } = examine(sentence, cited);
  const spoken = found.some(({ kind }) => kind === 'instruction');
  const faults = verbatim && !spoken ? [] : found;
  const doubted = !verbatim && evidence !== null && logOddsOf(evidence) > THRESHOLD;
  const doubts = suspected.length > 0 ? suspected : [{ kind: 'uncovered' as const, words: sentence }];
  const all = doubted ? [...faults, ...doubts] : faults;
  return {
    supported: all.length === 0,
    faults: all,
    sure: faults.length > 0,
    // Who speaks to a reader or does as a passage tells it retells nothing.
    retold: spoken ? [] : retold,
  };
}

/** Log-odds that a sentence with this evidence has a fault. */
function logOddsOf(evidence: Evidence): number {
  return EVIDENCE.reduce((sum, name) => sum + WEIGHTS[name] * evidence[name], BIAS);
}

/** What is to be judged of a sentence. */
export function examine(sentence: string, cited: readonly CheckedPassage[]): Examined {
  const source = sourceOf(cited);
  const faults: Fault[] = [];
  const talk = talkIn(withoutQuotations(sentence), source.keys);
  if (talk !== null) faults.push({ kind: 'instruction', words: talk });
  if (cited.length === 0)
    return {
      faults: [...faults, { kind: 'uncited', words: sentence }],
      evidence: null,
      suspected: [],
      retold: [],
      verbatim: false,
    };

  const tokens = tokensOf(sentence);
  const alignment = alignWords(tokens, source);
  const used = new Set(
    alignment.at.flatMap((place, at) => {
      const token = tokens[at];
      if (place === -1 || !token || token.reporting || isSpeaker(token.key)) return [];
      if (/^\d/u.test(token.key) && source.contextKeys.has(token.key)) return [];
      return [source.tokens[place]?.sentence ?? -1];
    }),
  );
  const view: View = { sentence, tokens, source, alignment, used };
  faults.push(
    ...quotationFaults(sentence, source),
    ...nameFaults(view),
    ...figureFaults(view),
    ...quantityFaults(view),
    ...contrastFaults(view),
    ...modalityFaults(view),
    ...gatheredFaults(view),
  );
  const covered = coverageOf(view);
  for (const { at, newActor } of covered)
    if (newActor) faults.push({ kind: 'name', words: wordsOfView(view, at) });
  const denials = [...polarityFaults(view), ...negativeFaults(view), ...restrictionFaults(view)];
  const causes = causeFaults(view);
  if (used.size === 0 && faults.length === 0) faults.push({ kind: 'uncovered', words: sentence });
  return {
    faults,
    evidence: evidenceOf(view, covered, { denials: denials.length, causes: causes.length }),
    suspected: [...denials, ...causes, ...covered.flatMap((one) => missing(view, one))],
    retold: retoldIn(tokens, source, alignment),
    verbatim: isSentenceOf(source, tokens),
  };
}

const sentencesOfSource = ofSource(({ tokens }) => {
  const rows = new Map<number, string[]>();
  for (const { sentence, key } of tokens) rows.set(sentence, [...(rows.get(sentence) ?? []), key]);
  return new Set([...rows.values()].map((row) => row.join(' ')));
});

/** Whether words are a whole sentence of the source. */
function isSentenceOf(source: Source, tokens: readonly Token[]): boolean {
  return sentencesOfSource(source).has(tokens.map(({ key }) => key).join(' '));
}

function missing(view: View, { at, cover, newStance }: Covered): Fault[] {
  return cover === 'none' || newStance ? [{ kind: 'uncovered', words: wordsOfView(view, at) }] : [];
}
