import { alignWords } from './align.js';
import { causeFaults } from './causes.js';
import { coverageFaults } from './coverage.js';
import { figureFaults } from './figures.js';
import { evidenceOf } from './evidence.js';
import { contrastFaults, gatheredFaults } from './gathered.js';
import { talkIn } from './instructions.js';
import { isSpeaker } from './kinds.js';
import { modalityFaults } from './modality.js';
import { nameFaults } from './names.js';
import { negativeFaults } from './negative.js';
import { polarityFaults } from './polarity.js';
import { quantityFaults } from './quantities.js';
import { quotationFaults, withoutQuotations } from './quotations.js';
import { sourceOf } from './source.js';
import { tokensOf } from './tokens.js';
import type { CheckedPassage, Fault, SentenceVerdict } from './types.js';
import type { View } from './view.js';

/**
 * Whether a sentence that a language model wrote may reach a reader: all that it says stands in what it cites.
 *
 * @param sentence without its marks of citation
 * @param cited the paragraphs that it cites; with none it is not supported
 */
export function checkSentence(sentence: string, cited: readonly CheckedPassage[]): SentenceVerdict {
  const source = sourceOf(cited);
  const faults: Fault[] = [];
  const talk = talkIn(withoutQuotations(sentence), source.keys);
  if (talk !== null) faults.push({ kind: 'instruction', words: talk });
  if (cited.length === 0) return verdictOf([...faults, { kind: 'uncited', words: sentence }]);

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
    ...polarityFaults(view),
    ...negativeFaults(view),
    ...modalityFaults(view),
    ...causeFaults(view),
    ...coverageFaults(view),
    ...gatheredFaults(view),
    ...contrastFaults(view),
  );
  lastEvidence.value = evidenceOf(view, faults);
  if (used.size === 0 && faults.length === 0) faults.push({ kind: 'uncovered', words: sentence });
  return verdictOf(faults);
}

export const lastEvidence: { value: Record<string, number> | null } = { value: null };

function verdictOf(faults: readonly Fault[]): SentenceVerdict {
  return { supported: faults.length === 0, faults };
}
