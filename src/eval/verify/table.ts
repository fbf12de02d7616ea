import { VERDICTS } from '../../verify/index.js';
import { columns } from '../table.js';
import type { VerifyFigures } from './run.js';

/** The figures of a half as text for the terminal. */
export function verifyTable(half: string, figures: VerifyFigures): string {
  const { cases, accuracy, confusion, placed, p50Ms, p95Ms } = figures;
  const rows = VERDICTS.map((expected) => [
    expected,
    ...VERDICTS.map((given) => String(confusion[expected][given])),
  ]);
  return [
    `## verification, ${half}: ${cases} cases, accuracy ${accuracy.toFixed(3)}, right paragraph ${placed.toFixed(3)}`,
    columns({ head: ['is \\ called', ...VERDICTS], rows }),
    `one quotation in ${p50Ms.toFixed(2)} ms (p50), ${p95Ms.toFixed(2)} ms (p95)`,
  ].join('\n\n');
}
