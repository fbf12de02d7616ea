import { estimate } from '../metrics.js';
import type { Estimate } from '../types.js';
import type { TriedCase } from './planted.js';
import { PLANTED, type Planted } from './types.js';

/** How well what a model writes is told from what the record says. */
export interface PlantedFigures {
  readonly cases: number;
  /** Share of the sentences with a fault of which nothing reached the reader. */
  readonly caught: Readonly<Record<Planted, Estimate>>;
  readonly allCaught: Estimate;
  /** Share of the correct sentences that did not reach the reader whole, by how they were made. */
  readonly harmed: Readonly<Record<string, Estimate>>;
  readonly allHarmed: Estimate;
}

export function plantedFigures(tried: readonly TriedCase[]): PlantedFigures {
  const faulty = tried.filter(({ item }) => item.fault !== 'none');
  const correct = tried.filter(({ item }) => item.fault === 'none');
  const caught = (list: readonly TriedCase[]) => estimate(list.map((one) => (isCaught(one) ? 1 : 0)));
  const harmed = (list: readonly TriedCase[]) => estimate(list.map((one) => (isHarmed(one) ? 1 : 0)));
  const kinds = [...new Set(correct.map(kindOf))];
  return {
    cases: tried.length,
    caught: Object.fromEntries(
      PLANTED.map((fault) => [fault, caught(faulty.filter(({ item }) => item.fault === fault))]),
    ) as Record<Planted, Estimate>,
    allCaught: caught(faulty),
    harmed: Object.fromEntries(
      kinds.map((kind) => [kind, harmed(correct.filter((one) => kindOf(one) === kind))]),
    ),
    allHarmed: harmed(correct),
  };
}

/** Figures that a gate can be set on. */
export function plantedGateFigures(figures: PlantedFigures): Readonly<Record<string, number>> {
  return {
    ...Object.fromEntries(PLANTED.map((fault) => [`caught: ${fault}`, figures.caught[fault].mean])),
    'correct harmed': figures.allHarmed.mean,
  };
}

/** Faults that were let through and correct sentences that were not, for whoever works on the checks. */
export function wronglyJudged(tried: readonly TriedCase[]): TriedCase[] {
  return tried.filter((one) => (one.item.fault === 'none' ? isHarmed(one) : !isCaught(one)));
}

function isCaught({ shown }: TriedCase): boolean {
  return shown === null;
}

function isHarmed({ shown, item }: TriedCase): boolean {
  return shown !== item.sentence;
}

function kindOf({ item }: TriedCase): string {
  return item.kind ?? 'correct';
}
