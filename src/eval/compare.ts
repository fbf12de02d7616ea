import type { Figures, SetFigures } from './figures.js';
import { pairedP } from './metrics.js';
import { columns, pValue, type Table } from './table.js';

export interface FigureDifference {
  readonly name: string;
  /** Null where the run has no such figure. */
  readonly before: number | null;
  readonly now: number | null;
}

export interface SetComparison {
  readonly set: string;
  readonly differences: readonly FigureDifference[];
  /** Questions with the same id, of those that MRR is over. */
  readonly matched: number;
  readonly questionsBefore: number;
  readonly questionsNow: number;
  /** Of the difference in MRR over the matched questions, paired; null where none matched. */
  readonly p: number | null;
}

/** A run beside an earlier one. */
export interface Comparison {
  readonly before: Pick<Figures, 'index' | 'date'>;
  readonly now: Pick<Figures, 'index' | 'date'>;
  /** Sets that both have. */
  readonly sets: readonly SetComparison[];
}

export function compare(before: Figures, now: Figures): Comparison {
  return {
    before: { index: before.index, date: before.date },
    now: { index: now.index, date: now.date },
    sets: now.sets.flatMap((own) => {
      const other = before.sets.find(({ set }) => set === own.set);
      return other ? [compareSets(other, own)] : [];
    }),
  };
}

function compareSets(before: SetFigures, now: SetFigures): SetComparison {
  const names = [...new Set([...Object.keys(now.figures), ...Object.keys(before.figures)])];
  const pairs = Object.entries(now.reciprocalRanks).flatMap(([id, own]) => {
    const other = before.reciprocalRanks[id];
    return other === undefined ? [] : [{ own, other }];
  });
  return {
    set: now.set,
    differences: names.map((name) => ({
      name,
      before: before.figures[name] ?? null,
      now: now.figures[name] ?? null,
    })),
    matched: pairs.length,
    questionsBefore: Object.keys(before.reciprocalRanks).length,
    questionsNow: Object.keys(now.reciprocalRanks).length,
    p:
      pairs.length === 0
        ? null
        : pairedP(
            pairs.map(({ own }) => own),
            pairs.map(({ other }) => other),
          ),
  };
}

/** The comparison as text for the terminal. */
export function comparisonText(comparison: Comparison): string {
  const { before, sets } = comparison;
  return [
    `## compared with index ${before.index} of ${before.date}`,
    ...(sets.length === 0 ? ['no set in common'] : []),
    ...sets.flatMap((set) => [`### ${set.set}`, columns(differenceTable(set)), significance(set)]),
  ].join('\n\n');
}

export function differenceTable({ differences }: SetComparison): Table {
  return {
    head: ['figure', 'before', 'now', 'difference'],
    rows: differences.map(({ name, before, now }) => [
      name,
      before === null ? '-' : precise(before),
      now === null ? '-' : precise(now),
      before === null || now === null ? '-' : signed(now - before),
    ]),
  };
}

/** "MRR, paired over 141 questions matched by id (of 141 before, 141 now): p = 0.210" */
export function significance({ matched, questionsBefore, questionsNow, p }: SetComparison): string {
  const paired = `MRR, paired over ${matched} questions matched by id (of ${questionsBefore} before, ${questionsNow} now)`;
  if (p === null) return `${paired}: nothing to test`;
  return `${paired}: p ${p < 0.001 ? pValue(p) : `= ${pValue(p)}`}`;
}

/** ".879": a digit more than in the tables, differences are small. */
function precise(value: number): string {
  return value.toFixed(3).replace(/^0(?=\.)/u, '');
}

/** "+.020", "-.003", "0" */
function signed(difference: number): string {
  const digits = precise(Math.abs(difference));
  if (Number(digits) === 0) return '0';
  return `${difference < 0 ? '-' : '+'}${digits}`;
}
