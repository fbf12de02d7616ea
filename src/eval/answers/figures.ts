import { estimate } from '../metrics.js';
import type { Estimate } from '../types.js';
import type { TriedCase } from './planted.js';
import { PLANTED, type Planted } from './types.js';

/** What became of sentences with a fault, as shares of them. */
export interface CaughtFigures {
  /** Nothing of the model's wording reached the reader. */
  readonly caught: Estimate;
  /** Of all, not only of those that were caught: nothing stood in its place, or the record's own words did. */
  readonly removed: Estimate;
  readonly replaced: Estimate;
}

/** What became of correct sentences, as shares of them. */
export interface CorrectFigures {
  /** Whole, in the model's words. */
  readonly kept: Estimate;
  /** The record's own words stood in its place and said the same, as `holdsSame` has it. */
  readonly replaced: Estimate;
  /** Neither: the reader lost what it said, or a part of it. */
  readonly lost: Estimate;
  /** Did not reach the reader whole as it was written: replaced or lost. */
  readonly harmed: Estimate;
}

/** How well what a model writes is told from what the record says. */
export interface PlantedFigures {
  readonly cases: number;
  readonly faulty: Readonly<Record<Planted, CaughtFigures>>;
  readonly allFaulty: CaughtFigures;
  /** By how they were made. */
  readonly correct: Readonly<Record<string, CorrectFigures>>;
  readonly allCorrect: CorrectFigures;
}

export function plantedFigures(tried: readonly TriedCase[]): PlantedFigures {
  const faulty = tried.filter(({ item }) => item.fault !== 'none');
  const correct = tried.filter(({ item }) => item.fault === 'none');
  const kinds = [...new Set(correct.map(kindOf))];
  return {
    cases: tried.length,
    faulty: Object.fromEntries(
      PLANTED.map((fault) => [fault, caughtFigures(faulty.filter(({ item }) => item.fault === fault))]),
    ) as Record<Planted, CaughtFigures>,
    allFaulty: caughtFigures(faulty),
    correct: Object.fromEntries(
      kinds.map((kind) => [kind, correctFigures(correct.filter((one) => kindOf(one) === kind))]),
    ),
    allCorrect: correctFigures(correct),
  };
}

function caughtFigures(tried: readonly TriedCase[]): CaughtFigures {
  return {
    caught: share(tried, isCaught),
    removed: share(tried, (one) => isCaught(one) && one.quoted.length === 0),
    replaced: share(tried, (one) => isCaught(one) && one.quoted.length > 0),
  };
}

function correctFigures(tried: readonly TriedCase[]): CorrectFigures {
  return {
    kept: share(tried, (one) => !isHarmed(one)),
    replaced: share(tried, (one) => isHarmed(one) && !isLost(one)),
    lost: share(tried, isLost),
    harmed: share(tried, isHarmed),
  };
}

function share(tried: readonly TriedCase[], holds: (one: TriedCase) => boolean): Estimate {
  return estimate(tried.map((one) => (holds(one) ? 1 : 0)));
}

/** Figures that a gate can be set on. */
export function plantedGateFigures(figures: PlantedFigures): Readonly<Record<string, number>> {
  return {
    ...Object.fromEntries(PLANTED.map((fault) => [`caught: ${fault}`, figures.faulty[fault].caught.mean])),
    'correct lost': figures.allCorrect.lost.mean,
    'correct harmed': figures.allCorrect.harmed.mean,
  };
}

/** Faults that were let through and correct sentences that were lost, for whoever works on the checks. */
export function wronglyJudged(tried: readonly TriedCase[]): TriedCase[] {
  return tried.filter((one) => (one.item.fault === 'none' ? isLost(one) : !isCaught(one)));
}

function isCaught({ shown }: TriedCase): boolean {
  return shown === null;
}

function isHarmed({ shown, item }: TriedCase): boolean {
  return shown !== item.sentence;
}

function isLost(one: TriedCase): boolean {
  return isHarmed(one) && (one.shown !== null || !one.held);
}

function kindOf({ item }: TriedCase): string {
  return item.kind ?? 'correct';
}
