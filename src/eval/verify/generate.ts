import type { RecordDocument } from '../../corpus/index.js';
import type { VerdictKind } from '../../verify/index.js';
import { ALTERED } from './altered.js';
import { inventedFrom } from './invented.js';
import { type Material, materialOf } from './material.js';
import { MISATTRIBUTED } from './misattributed.js';
import { STITCHED } from './stitched.js';
import type { VerifyCase } from './types.js';
import { VERBATIM } from './verbatim.js';

/** A case before it has a verdict and an id. */
export interface Draft {
  readonly quote: string;
  readonly source: readonly number[];
  readonly paragraph?: number | null;
  readonly document?: string;
}

type Ways = Readonly<Record<string, (material: Material) => Draft | null>>;

/** Cases of each verdict. */
const PER_VERDICT = 420;
/** Tries for a case before its way is given up. */
const TRIES = 200;
const SEED = 2026;

/**
 * Cases of each verdict made from the record, the same at every run.
 *
 * @param elsewhere sentences of other texts
 */
export function generateCases(document: RecordDocument, elsewhere: readonly string[]): VerifyCase[] {
  const ways: readonly (readonly [VerdictKind, Ways])[] = [
    ['verbatim', VERBATIM],
    ['altered', ALTERED],
    ['stitched', STITCHED],
    ['misattributed', MISATTRIBUTED],
    ['not_found', inventedFrom(elsewhere)],
  ];
  return ways.flatMap(([expected, of], index) => casesOf(materialOf(document, SEED + index), expected, of));
}

function casesOf(material: Material, expected: VerdictKind, ways: Ways): VerifyCase[] {
  const names = Object.keys(ways);
  const quotes = new Set<string>();
  const cases: VerifyCase[] = [];
  for (let number = 0; number < PER_VERDICT; number += 1) {
    const how = names[number % names.length] ?? '';
    for (let tries = 0; tries < TRIES; tries += 1) {
      const draft = ways[how]?.(material);
      if (!draft || quotes.has(draft.quote)) continue;
      quotes.add(draft.quote);
      cases.push({
        id: `${expected}-${number}`,
        expected,
        quote: draft.quote,
        // Half of them say where they stand.
        paragraph: draft.paragraph ?? (claims(expected, number) ? (draft.source[0] ?? null) : null),
        ...(draft.document !== undefined && { document: draft.document }),
        source: [...draft.source],
        how,
      });
      break;
    }
  }
  return cases;
}

function claims(expected: VerdictKind, number: number): boolean {
  return expected !== 'misattributed' && number % 2 === 0;
}
