import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, ParaciteError } from '../errors.js';
import type { AnswerFigures, RankingFigures } from './run.js';

/** Figures of Paracite that a gate can be set on. */
export function gateFigures(
  ranking: RankingFigures,
  answers: AnswerFigures,
): Readonly<Record<string, number>> {
  return {
    'recall@1': ranking.recall1.mean,
    'recall@5': ranking.recall5.mean,
    mrr: ranking.mrr.mean,
    'themes recall@15': ranking.themes15.mean,
    'scoped recall@1': ranking.byKind.scoped?.recall1.mean ?? Number.NaN,
    'scoped in scope': ranking.inScope.mean,
    verbatim: answers.verbatim.mean,
    'gold quoted': answers.goldQuoted.mean,
    'refused near': answers.refusedByKind.near?.mean ?? Number.NaN,
    'refused far': answers.refusedByKind.far?.mean ?? Number.NaN,
    'refused hostile': answers.refusedByKind.hostile?.mean ?? Number.NaN,
    'answerable refused': answers.answerableRefused.mean,
  };
}

const gatesSchema = z.record(
  z.string(),
  z.record(z.string(), z.object({ min: z.number().optional(), max: z.number().optional() })),
);

export type Gates = z.output<typeof gatesSchema>;

/** @throws ParaciteError `config` */
export async function readGates(file: string): Promise<Gates> {
  try {
    return gatesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new ParaciteError('config', `the gates in ${file} cannot be read: ${messageOf(error)}`);
  }
}

/** Gates of a split that the figures miss, as sentences. A figure that is not there misses its gate. */
export function missedGates(
  gates: Gates,
  split: string,
  figures: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(gates[split] ?? {}).flatMap(([name, { min, max }]) => {
    const value = figures[name] ?? Number.NaN;
    const fits = (min === undefined || value >= min) && (max === undefined || value <= max);
    const bounds = [
      ...(min === undefined ? [] : [`at least ${min}`]),
      ...(max === undefined ? [] : [`at most ${max}`]),
    ];
    return fits ? [] : [`${split}: ${name} is ${value.toFixed(3)}, must be ${bounds.join(' and ')}`];
  });
}
