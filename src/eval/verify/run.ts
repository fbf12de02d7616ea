import type { RecordDocument } from '../../corpus/index.js';
import { VERDICTS, type VerdictKind, verify } from '../../verify/index.js';
import type { VerifyCase } from './types.js';

export interface CheckedCase {
  readonly item: VerifyCase;
  readonly verdict: VerdictKind;
  /** Whether a match is of a paragraph that it comes from; null where none is noted. */
  readonly placed: boolean | null;
  readonly tookMs: number;
}

export interface VerifyFigures {
  readonly cases: number;
  readonly accuracy: number;
  /** By verdict that is right, then by verdict given. */
  readonly confusion: Readonly<Record<VerdictKind, Readonly<Record<VerdictKind, number>>>>;
  /** Share of altered and stitched ones that are called verbatim. */
  readonly falselyVerbatim: number;
  /** Share of verbatim ones that are called altered. */
  readonly falselyAltered: number;
  /** Share of right verdicts on what the record has that lead to the right paragraph. */
  readonly placed: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export function checkCases(
  documents: readonly RecordDocument[],
  cases: readonly VerifyCase[],
): CheckedCase[] {
  return cases.map((item) => {
    const { quote, paragraph, document } = item;
    const started = performance.now();
    const { verdict, matches } = verify(documents, { quote, paragraph, document });
    const tookMs = performance.now() - started;
    const placed =
      item.source.length === 0 ? null : matches.some((match) => item.source.includes(match.paragraph.number));
    return { item, verdict, placed, tookMs };
  });
}

export function verifyFigures(checked: readonly CheckedCase[]): VerifyFigures {
  const count = (expected: readonly VerdictKind[], given: VerdictKind) =>
    checked.filter(({ item, verdict }) => expected.includes(item.expected) && verdict === given).length;
  const share = (expected: readonly VerdictKind[], given: VerdictKind) =>
    count(expected, given) / checked.filter(({ item }) => expected.includes(item.expected)).length;
  const right = checked.filter(({ item, verdict }) => item.expected === verdict);
  const withPlace = right.filter(({ placed }) => placed !== null);
  const times = checked.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const row = (expected: VerdictKind) =>
    Object.fromEntries(VERDICTS.map((given) => [given, count([expected], given)])) as Record<
      VerdictKind,
      number
    >;
  return {
    cases: checked.length,
    accuracy: right.length / checked.length,
    confusion: Object.fromEntries(VERDICTS.map((kind) => [kind, row(kind)])) as VerifyFigures['confusion'],
    falselyVerbatim: share(['altered', 'stitched'], 'verbatim'),
    falselyAltered: share(['verbatim'], 'altered'),
    placed: withPlace.filter(({ placed }) => placed).length / withPlace.length,
    p50Ms: times[Math.floor(times.length * 0.5)] ?? Number.NaN,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
  };
}

/** Figures that a gate can be set on. */
export function verifyGateFigures(figures: VerifyFigures): Readonly<Record<string, number>> {
  return {
    accuracy: figures.accuracy,
    'altered or stitched called verbatim': figures.falselyVerbatim,
    'verbatim called altered': figures.falselyAltered,
    'right paragraph': figures.placed,
  };
}
