import { breathe } from '../breathe.js';

/**
 * A linear map learnt from the questions of a sidecar: directions in which questions about the same paragraph differ
 * say little about the topic and are damped. It is within-class covariance normalisation (Hatch, Kajarekar & Stolcke,
 * 2006): with S the covariance of the question vectors about their paragraph's mean, S + shrinkage * mean variance =
 * L L', and a vector x becomes L^-1 x, brought to length 1.
 */
export class QueryAdapter {
  /** Lower triangle, [dimension, dimension], row-major. */
  readonly factor: Float32Array;
  readonly #dimension: number;

  constructor(factor: Float32Array, dimension: number) {
    this.factor = factor;
    this.#dimension = dimension;
  }

  /**
   * @param vectors question vectors of length 1
   * @param classes the paragraph of each
   */
  static async learn(
    vectors: readonly Float32Array[],
    classes: readonly number[],
    dimension: number,
  ): Promise<QueryAdapter> {
    const covariance = await withinClassCovariance(vectors, classes, dimension);
    let trace = 0;
    for (let i = 0; i < dimension; i += 1) trace += covariance[i * dimension + i] ?? 0;
    // With too little to learn from the variance may be nothing; one in each direction changes no cosine.
    const ridge = (SHRINKAGE * trace) / dimension || 1;
    for (let i = 0; i < dimension; i += 1)
      covariance[i * dimension + i] = (covariance[i * dimension + i] ?? 0) + ridge;
    return new QueryAdapter(cholesky(covariance, dimension), dimension);
  }

  /** The adapted vector, of length 1. */
  apply(vector: ArrayLike<number>): Float32Array {
    const n = this.#dimension;
    const { factor } = this;
    const adapted = new Float32Array(n);
    let squares = 0;
    for (let i = 0; i < n; i += 1) {
      let sum = vector[i] ?? 0;
      const row = i * n;
      for (let k = 0; k < i; k += 1) sum -= (factor[row + k] as number) * (adapted[k] as number);
      const value = sum / (factor[row + i] as number);
      adapted[i] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares) || 1;
    return adapted.map((value) => value / length);
  }
}

/** Weight of the mean variance beside the covariance; 1 to 4 were equal on the development split, 0.1 and 8 worse. */
const SHRINKAGE = 2;
/** Vectors taken before others have their turn: some 50 ms. */
const VECTORS_AT_ONCE = 256;

async function withinClassCovariance(
  vectors: readonly Float32Array[],
  classes: readonly number[],
  dimension: number,
): Promise<Float64Array> {
  const means = new Map<number, { readonly sum: Float64Array; count: number }>();
  for (const [index, vector] of vectors.entries()) {
    const key = classes[index] ?? 0;
    const mean = means.get(key) ?? { sum: new Float64Array(dimension), count: 0 };
    means.set(key, mean);
    mean.count += 1;
    for (let i = 0; i < dimension; i += 1) mean.sum[i] = (mean.sum[i] as number) + (vector[i] as number);
  }
  const covariance = new Float64Array(dimension * dimension);
  const difference = new Float64Array(dimension);
  for (const [index, vector] of vectors.entries()) {
    const mean = means.get(classes[index] ?? 0);
    if (!mean) continue;
    if (index % VECTORS_AT_ONCE === 0) await breathe();
    for (let i = 0; i < dimension; i += 1)
      difference[i] = (vector[i] as number) - (mean.sum[i] as number) / mean.count;
    for (let i = 0; i < dimension; i += 1) {
      const factor = difference[i] as number;
      const row = i * dimension;
      // Only the lower triangle is needed.
      for (let k = 0; k <= i; k += 1) {
        covariance[row + k] = (covariance[row + k] as number) + factor * (difference[k] as number);
      }
    }
  }
  return covariance.map((value) => value / Math.max(vectors.length, 1));
}

/** L with L L' = A, from the lower triangle of a positive definite A. */
function cholesky(matrix: Float64Array, dimension: number): Float32Array {
  const factor = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * dimension + j] as number;
      for (let k = 0; k < j; k += 1) {
        sum -= (factor[i * dimension + k] as number) * (factor[j * dimension + k] as number);
      }
      factor[i * dimension + j] = i === j ? Math.sqrt(sum) : sum / (factor[j * dimension + j] as number);
    }
  }
  return Float32Array.from(factor);
}
