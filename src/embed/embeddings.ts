import { Embeddings } from '@langchain/core/embeddings';
import { breathe } from '../breathe.js';
import { type LoadedModel, loadModel, type ModelOptions } from './model.js';
import type { ModelProfile, Progress } from './types.js';

/** Inputs encoded in one go. Sorted by length first, so little of a batch is padding. */
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
    const [vector] = await this.#model.encode([this.#model.tokenize(this.profile.queryPrefix + text)]);
    return Array.from(vector ?? []);
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors = await this.embedAll(texts);
    return vectors.map((vector) => Array.from(vector));
  }

  /** Vectors of passages, in the order of `texts`. */
  async embedAll(texts: readonly string[], progress?: Progress): Promise<Float32Array[]> {
    const { passagePrefix } = this.profile;
    const inputs = texts.map((text) => this.#model.tokenize(passagePrefix + text));
    const order = inputs
      .map((_, index) => index)
      .sort((a, b) => (inputs[a]?.length ?? 0) - (inputs[b]?.length ?? 0));
    const vectors: Float32Array[] = new Array(texts.length);
    for (let from = 0; from < order.length; from += BATCH_SIZE) {
      const batch = order.slice(from, from + BATCH_SIZE);
      const encoded = await this.#model.encode(batch.map((index) => inputs[index] ?? []));
      for (const [position, index] of batch.entries())
        vectors[index] = encoded[position] ?? new Float32Array();
      // The encoder runs on this thread: between batches others have their turn.
      await breathe();
      progress?.('encoding', Math.min(from + BATCH_SIZE, order.length), order.length);
    }
    return vectors;
  }

  async close(): Promise<void> {
    await this.#model.dispose();
  }
}
