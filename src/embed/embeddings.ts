import { Embeddings } from '@langchain/core/embeddings';
import { breathe } from '../breathe.js';
import { type LoadedModel, loadModel, type ModelOptions } from './model.js';
import type { ModelProfile, Progress } from './types.js';

/** Most inputs encoded in one go. */
const BATCH_SIZE = 16;

/** LangChain's interface to an encoder that runs in this process. */
export class LocalEmbeddings extends Embeddings {
  readonly #model: LoadedModel;

  private constructor(model: LoadedModel) {
    super({});
    this.#model = model;
  }

  /** @throws ParaciteError `model` */
  static async open(options: ModelOptions): Promise<LocalEmbeddings> {
    return new LocalEmbeddings(await loadModel(options));
  }

  get profile(): ModelProfile {
    return this.#model.profile;
  }

  /** Number of tokens that the encoder sees of a text, special tokens included. */
  countTokens = (text: string): number => this.tokenIds(text).length;

  tokenIds(text: string): number[] {
    return this.#model.tokenizer.encode(text);
  }

  override async embedQuery(text: string): Promise<number[]> {
    return Array.from(await this.#model.encodeQuery(this.#model.tokenize(this.profile.queryPrefix + text)));
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors = await this.embedAll(texts);
    return vectors.map((vector) => Array.from(vector));
  }

  /** Vectors of passages, in the order of `texts`. */
  async embedAll(texts: readonly string[], progress?: Progress): Promise<Float32Array[]> {
    const vectors: Float32Array[] = new Array(texts.length);
    await this.embedBatches(texts, (batch, done) => {
      for (const [index, vector] of batch) vectors[index] = vector;
      progress?.('encoding', done, texts.length);
    });
    return vectors;
  }

  /**
   * Vectors of passages as they come, batch by batch. The vector of a text is the same to the last bit, whatever is
   * encoded with it: a batch has texts of one length, so that none is padded, and at least two rows, because a single
   * one is multiplied in another order.
   *
   * @param each given the positions in `texts` with their vectors, and how many there were so far; waited for
   */
  async embedBatches(
    texts: readonly string[],
    each: (batch: readonly (readonly [index: number, Float32Array])[], done: number) => void | Promise<void>,
  ): Promise<void> {
    const { passagePrefix } = this.profile;
    const inputs = texts.map((text) => this.#model.tokenize(passagePrefix + text));
    let done = 0;
    for (const batch of batchesOf(inputs)) {
      const rows = batch.map((index) => inputs[index] ?? []);
      const encoded = await this.#model.encode(rows.length === 1 ? [...rows, ...rows] : rows);
      done += batch.length;
      await each(
        batch.map((index, row) => [index, encoded[row] ?? new Float32Array()] as const),
        done,
      );
      // The encoder runs on this thread: between batches others have their turn.
      await breathe();
    }
  }

  async close(): Promise<void> {
    await this.#model.dispose();
  }
}

/** Positions of inputs of one length, shortest first, at most `BATCH_SIZE` together. */
function batchesOf(inputs: readonly (readonly number[])[]): number[][] {
  const byLength = new Map<number, number[]>();
  for (const [index, { length }] of inputs.entries()) {
    const same = byLength.get(length) ?? [];
    same.push(index);
    byLength.set(length, same);
  }
  return [...byLength]
    .sort(([a], [b]) => a - b)
    .flatMap(([, same]) =>
      Array.from({ length: Math.ceil(same.length / BATCH_SIZE) }, (_, i) =>
        same.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE),
      ),
    );
}
