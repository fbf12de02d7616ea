import type { LocalEmbeddings } from '../../embed/index.js';
import type { GeneratedSentence } from './generate.js';
import type { Parts } from './parts.js';
import { below, randomOf } from './random.js';

/** Sentences that are really encoded, to learn from what others are made of. */
const LEARNT_FROM = 3_000;
/** Opener, two clauses, tail, and what is common to all. */
const TERMS = 5;

interface EncodedParts {
  readonly openers: readonly Float32Array[];
  readonly clauses: readonly Float32Array[];
  readonly tails: readonly Float32Array[];
}

/**
 * Vectors for more sentences than can be encoded: of the really encoded parts of a sentence, weighted by least squares over
 * sentences that were encoded whole, and what these weights leave over, taken from two of those at random, so that made
 * vectors vary in the directions and by the amounts in which real ones do.
 */
export class VectorMaker {
  readonly #dimension: number;
  readonly #parts: EncodedParts;
  readonly #mean: Float32Array;
  readonly #weights: Float64Array;
  readonly #left: Float32Array[];

  private constructor(
    dimension: number,
    parts: EncodedParts,
    mean: Float32Array,
    weights: Float64Array,
    left: Float32Array[],
  ) {
    this.#dimension = dimension;
    this.#parts = parts;
    this.#mean = mean;
    this.#weights = weights;
    this.#left = left;
  }

  /**
   * @param sentences to learn from, the first of them with parts
   * @returns also how many texts a second were encoded
   */
  static async learn(
    embeddings: LocalEmbeddings,
    { openers, clauses, tails }: Parts,
    sentences: readonly GeneratedSentence[],
  ): Promise<{ readonly maker: VectorMaker; readonly perSecond: number }> {
    const { dimension } = embeddings.profile;
    const plain = (texts: readonly string[]) => texts.map((text) => text.replace(/[{}]/gu, '').trim() || '.');
    const parts = {
      openers: await embeddings.embedAll(plain(openers)),
      clauses: await embeddings.embedAll(plain(clauses)),
      tails: await embeddings.embedAll(plain(tails)),
    };
    const learnt = sentences.filter(({ made }) => made !== null).slice(0, LEARNT_FROM);
    const started = performance.now();
    const real = await embeddings.embedAll(learnt.map(({ text }) => text));
    const perSecond = (1000 * learnt.length) / (performance.now() - started);
    const mean = new Float32Array(dimension);
    for (const vector of real)
      for (let i = 0; i < dimension; i += 1)
        mean[i] = (mean[i] as number) + (vector[i] as number) / real.length;
    const maker = new VectorMaker(dimension, parts, mean, new Float64Array(TERMS), []);
    maker.#fit(learnt, real);
    return { maker, perSecond };
  }

  #termsOf({ made }: GeneratedSentence): Float32Array[] {
    if (made === null) throw new Error('a planted fact is encoded, not made');
    const { openers, clauses, tails } = this.#parts;
    const [first, second] = made.clauses;
    return [
      openers[made.opener],
      clauses[first],
      clauses[second],
      tails[made.tail],
      this.#mean,
    ] as Float32Array[];
  }

  #sumOf(terms: readonly Float32Array[]): Float32Array {
    const sum = new Float32Array(this.#dimension);
    for (const [term, vector] of terms.entries()) {
      const weight = this.#weights[term] as number;
      for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) + weight * (vector[i] as number);
    }
    return sum;
  }

  #fit(sentences: readonly GeneratedSentence[], real: readonly Float32Array[]): void {
    const normal = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1));
    for (const [index, sentence] of sentences.entries()) {
      const terms = this.#termsOf(sentence);
      for (const [a, row] of normal.entries()) {
        for (let b = 0; b < TERMS; b += 1) row[b] = (row[b] as number) + dot(terms[a], terms[b]);
        row[TERMS] = (row[TERMS] as number) + dot(terms[a], real[index]);
      }
    }
    this.#weights.set(solved(normal));
    for (const [index, sentence] of sentences.entries()) {
      const sum = this.#sumOf(this.#termsOf(sentence));
      this.#left.push(sum.map((value, i) => (real[index]?.[i] as number) - value));
    }
  }

  /** @param seed the same vector for one seed and sentence */
  make(sentence: GeneratedSentence, seed: number): Float32Array {
    const random = randomOf(seed);
    const vector = this.#sumOf(this.#termsOf(sentence));
    const one = this.#left[below(random, this.#left.length)] as Float32Array;
    const other = this.#left[below(random, this.#left.length)] as Float32Array;
    let squares = 0;
    for (let i = 0; i < vector.length; i += 1) {
      const value = (vector[i] as number) + ((one[i] as number) + (other[i] as number)) * Math.SQRT1_2;
      vector[i] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] as number) / length;
    return vector;
  }
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = 0;
  if (a && b) for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The solution of linear equations, each a row with its right side last. Gauss-Jordan with a little on the diagonal. */
function solved(rows: readonly Float64Array[]): Float64Array {
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const own = rows[pivot] as Float64Array;
    own[pivot] = (own[pivot] as number) + 1e-6;
    const by = own[pivot] as number;
    for (let i = 0; i <= size; i += 1) own[i] = (own[i] as number) / by;
    for (const [at, row] of rows.entries()) {
      const times = row[pivot] as number;
      if (at !== pivot)
        for (let i = 0; i <= size; i += 1) row[i] = (row[i] as number) - times * (own[i] as number);
    }
  }
  return Float64Array.from(rows, (row) => row[size] as number);
}
