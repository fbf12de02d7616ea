/** A linear model of a log-odds. */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

const STEPS = 250;
const RATE = 0.05;

/**
 * Logistic regression with L2 penalty, both classes weighing the same, by Adam (Kingma & Ba, 2015) with all rows in
 * every step. Deterministic.
 *
 * @param penalties one for each feature
 * @param importance of each row within its class; all the same where left out
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly (0 | 1)[],
  penalties: readonly number[],
  importance: readonly number[] = rows.map(() => 1),
): Logistic {
  const size = penalties.length;
  const total = (wanted: 0 | 1): number =>
    labels.reduce((sum: number, label, i) => sum + (label === wanted ? (importance[i] ?? 0) : 0), 0);
  const totals = [total(0), total(1)] as const;
  // The bias is a last feature that is always 1 and has no penalty.
  const weights = new Float64Array(size + 1);
  const first = new Float64Array(size + 1);
  const second = new Float64Array(size + 1);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(size + 1);
    for (const [i, row] of rows.entries()) {
      const label = labels[i] ?? 0;
      const error = (sigmoid(linear(weights, row)) - label) * ((0.5 * (importance[i] ?? 0)) / totals[label]);
      for (let k = 0; k < size; k += 1) gradient[k] = (gradient[k] as number) + error * (row[k] as number);
      gradient[size] = (gradient[size] as number) + error;
    }
    for (let k = 0; k <= size; k += 1) {
      const slope = (gradient[k] as number) + (penalties[k] ?? 0) * (weights[k] as number);
      first[k] = 0.9 * (first[k] as number) + 0.1 * slope;
      second[k] = 0.999 * (second[k] as number) + 0.001 * slope * slope;
      const momentum = (first[k] as number) / (1 - 0.9 ** step);
      const scale = Math.sqrt((second[k] as number) / (1 - 0.999 ** step)) + 1e-8;
      weights[k] = (weights[k] as number) - (RATE * momentum) / scale;
    }
  }
  return { bias: weights[size] ?? 0, weights: Array.from(weights.subarray(0, size)) };
}

export function logOdds({ bias, weights }: Logistic, row: readonly number[]): number {
  return weights.reduce((sum, weight, k) => sum + weight * (row[k] ?? 0), bias);
}

function linear(weights: Float64Array, row: readonly number[]): number {
  let sum = weights[row.length] as number;
  for (let k = 0; k < row.length; k += 1) sum += (weights[k] as number) * (row[k] as number);
  return sum;
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
