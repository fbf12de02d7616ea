import { FALLBACK_REASONS, type FallbackReason } from '../response/index.js';
import type { Tokens } from './types.js';
import type { WrittenCounts } from './write.js';

/** What was written since the start. */
export interface WritingStats {
  readonly generated: number;
  /** Answers that were known already. */
  readonly known: number;
  /** Answers that stayed extractive, by reason. */
  readonly fallbacks: Readonly<Record<FallbackReason, number>>;
  readonly tokens: Tokens;
  /** Of the tokens, in the currency of the prices. */
  readonly cost: number;
  /** Sentences of answers that were generated or came to too little. */
  readonly sentences: Readonly<Record<'kept' | 'repaired' | 'replaced' | 'removed', number>>;
}

export interface Tally {
  readonly tokens: (tokens: Tokens) => void;
  readonly known: () => void;
  readonly generated: (counts: WrittenCounts) => void;
  readonly fellBack: (reason: FallbackReason, counts: WrittenCounts) => void;
  readonly stats: () => WritingStats;
}

/** Prices are those of a million tokens. */
const MILLION = 1_000_000;

export function tally(prices: Tokens): Tally {
  let generated = 0;
  let known = 0;
  const fallbacks = Object.fromEntries(FALLBACK_REASONS.map((reason) => [reason, 0])) as Record<
    FallbackReason,
    number
  >;
  const tokens = { input: 0, output: 0 };
  const sentences = { kept: 0, repaired: 0, replaced: 0, removed: 0 };
  const count = ({ written, repaired, replaced, removed }: WrittenCounts) => {
    sentences.kept += written - removed - replaced - repaired;
    sentences.repaired += repaired;
    sentences.replaced += replaced;
    sentences.removed += removed;
  };
  return {
    tokens: ({ input, output }) => {
      tokens.input += input;
      tokens.output += output;
    },
    known: () => {
      known += 1;
    },
    generated: (counts) => {
      generated += 1;
      count(counts);
    },
    fellBack: (reason, counts) => {
      fallbacks[reason] += 1;
      count(counts);
    },
    stats: () => ({
      generated,
      known,
      fallbacks: { ...fallbacks },
      tokens: { ...tokens },
      cost: (tokens.input * prices.input + tokens.output * prices.output) / MILLION,
      sentences: { ...sentences },
    }),
  };
}
