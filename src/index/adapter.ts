import { breathe } from '../breathe.js';
import { emptyRows } from './products/index.js';

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
  /** Made when first needed. */
  #inverse: ReturnType<typeof inverseOf> | null = null;

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
    const step = Math.max(1, Math.ceil(vectors.length / MAX_LEARNT_FROM));
    const taken = (_: unknown, index: number) => index % step === 0;
    const covariance = await withinClassCovariance(vectors.filter(taken), classes.filter(taken), dimension);
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
    // Multiplied with the inverse and not solved: products are quicker, and one question is all that is waited for.
    this.#inverse ??= inverseOf(this.factor, this.#dimension);
    const { rows, all } = this.#inverse;
    return normalized(rows.products(Float32Array.from(vector), all));
  }

  /** The adapted vectors, each of length 1. */
  async applyAll(vectors: readonly Float32Array[]): Promise<Float32Array[]> {
    const adapted: Float32Array[] = [];
    for (let index = 0; index < vectors.length; index += 4) {
      if (index % VECTORS_AT_ONCE === 0) await breathe();
      adapted.push(...this.#applyToFour(vectors.slice(index, index + 4)));
    }
    return adapted;
  }

  /** Up to four vectors in one pass over the factor: four sums that do not wait for each other, and a quarter of the reads. */
  #applyToFour(vectors: readonly ArrayLike<number>[]): Float32Array[] {
    const n = this.#dimension;
    const { factor } = this;
    const results = vectors.map(() => new Float64Array(n));
    const idle = new Float64Array(n);
    const [p = idle, q = idle, r = idle, s = idle] = results;
    const [vp = idle, vq = idle, vr = idle, vs = idle] = vectors;
    for (let i = 0; i < n; i += 1) {
      const row = i * n;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let k = 0; k < i; k += 1) {
        const weight = factor[row + k] as number;
        a += weight * (p[k] as number);
        b += weight * (q[k] as number);
        c += weight * (r[k] as number);
        d += weight * (s[k] as number);
      }
      const diagonal = factor[row + i] as number;
      s[i] = ((vs[i] ?? 0) - d) / diagonal;
      r[i] = ((vr[i] ?? 0) - c) / diagonal;
      q[i] = ((vq[i] ?? 0) - b) / diagonal;
      p[i] = ((vp[i] ?? 0) - a) / diagonal;
    }
    return results.map(normalized);
  }
}

/** The rows of the inverse of a lower triangle, by forward substitution of the unit vectors. */
function inverseOf(factor: Float32Array, dimension: number) {
  const rows = emptyRows(dimension, dimension);
  const column = new Float64Array(dimension);
  for (let j = 0; j < dimension; j += 1) {
    for (let i = j; i < dimension; i += 1) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k += 1) sum -= (factor[i * dimension + k] as number) * (column[k] as number);
      column[i] = sum / (factor[i * dimension + i] as number);
      rows.matrix[i * dimension + j] = column[i] as number;
    }
  }
  return { rows, all: Array.from({ length: dimension }, (_, row) => row) };
}

function normalized(vector: Float64Array | Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  const result = new Float32Array(vector.length);
  for (let i = 0; i < vector.length; i += 1) result[i] = (vector[i] as number) / length;
  return result;
}

/** Weight of the mean variance beside the covariance; 1 to 4 were equal on the development split, 0.1 and 8 worse. */
const SHRINKAGE = 2;
/** Most vectors that are learnt from: more changed no figure of the development split, and cost seconds. */
const MAX_LEARNT_FROM = 2_600;
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
  const differences = vectors.map((vector, index) => {
    const mean = means.get(classes[index] ?? 0);
    return vector.map((value, i) => value - (mean?.sum[i] as number) / (mean?.count ?? 1));
  });
  const nothing = new Float32Array(dimension);
  // Four vectors at once: each number of the matrix is read and written a quarter as often.
  for (let index = 0; index < differences.length; index += 4) {
    if (index % VECTORS_AT_ONCE === 0) await breathe();
    const [a = nothing, b = nothing, c = nothing, d = nothing] = differences.slice(index, index + 4);
    for (let i = 0; i < dimension; i += 1) {
      const row = i * dimension;
      const [ai, bi, ci, di] = [a[i] as number, b[i] as number, c[i] as number, d[i] as number];
      // Only the lower triangle is needed.
      for (let k = 0; k <= i; k += 1) {
        covariance[row + k] =
          (covariance[row + k] as number) +
          ai * (a[k] as number) +
          bi * (b[k] as number) +
          ci * (c[k] as number) +
          di * (d[k] as number);
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
