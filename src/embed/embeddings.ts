import { Embeddings } from '@langchain/core/embeddings';
import { breathe } from '../breathe.js';
import type { List } from '../lists.js';
import { type LoadedModel, loadModel, type ModelOptions } from './model.js';
import { startEncodingProcesses } from './processes.js';
import type { ModelProfile, Progress } from './types.js';

/** Most inputs encoded in one go. */
const BATCH_SIZE = 16;
/** Texts that are sorted by length together: their token ids are in memory at once. */
const TEXTS_AT_ONCE = 8_192;
/** Texts read before others have their turn: some 20 ms. */
const TEXTS_IN_A_ROW = 256;
/** Fewer texts are encoded sooner than another process could be started. */
const LEAST_FOR_PROCESSES = 256;
/** Batches that each process has, so that it never waits for this one. */
const BATCHES_AHEAD = 3;

export interface EmbeddingsOptions extends ModelOptions {
  /** Processes that encode many texts together, one thread each; this one encodes them alone where it is 1 or undefined. */
  readonly processes?: number;
}

/** LangChain's interface to an encoder that runs in this process. */
export class LocalEmbeddings extends Embeddings {
  readonly #model: LoadedModel;
  readonly #options: EmbeddingsOptions;

  private constructor(model: LoadedModel, options: EmbeddingsOptions) {
    super({});
    this.#model = model;
    this.#options = options;
  }

  /** @throws ParaciteError `model` */
  static async open(options: EmbeddingsOptions): Promise<LocalEmbeddings> {
    return new LocalEmbeddings(await loadModel(options), options);
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
  async embedAll(texts: List<string>, progress?: Progress): Promise<Float32Array[]> {
    const vectors: Float32Array[] = new Array(texts.length);
    await this.embedBatches(texts, (batch, done) => {
      for (const [index, vector] of batch) vectors[index] = vector;
      progress?.('encoding', done, texts.length);
    });
    return vectors;
  }

  /**
   * Vectors of passages as they come, batch by batch. The vector of a text is the same to the last bit, whatever is
   * encoded with it and in whichever process: a batch has texts of one length, so that none is padded, and at least two
   * rows, because a single one is multiplied in another order.
   *
   * @param each given the positions in `texts` with their vectors, and how many there were so far; waited for
   */
  async embedBatches(
    texts: List<string>,
    each: (batch: readonly (readonly [index: number, Float32Array])[], done: number) => void | Promise<void>,
  ): Promise<void> {
    const { processes = 1 } = this.#options;
    const { graph, profile } = this.#model;
    const many = processes > 1 && texts.length >= LEAST_FOR_PROCESSES;
    const others = many ? startEncodingProcesses(processes, { graph, profile }) : null;
    const encode = async ({ rows }: Batch) => {
      const inputs = rows.length === 1 ? [...rows, ...rows] : rows;
      // What a process that ended has not done is done here.
      const theirs = others?.encode(inputs).catch(() => null);
      return (await theirs) ?? this.#model.encode(inputs);
    };
    let done = 0;
    try {
      const width = others ? BATCHES_AHEAD * processes : 1;
      for await (const [{ indices }, encoded] of ahead(this.#batches(texts), width, encode)) {
        done += indices.length;
        await each(
          indices.map((index, row) => [index, encoded[row] ?? new Float32Array()] as const),
          done,
        );
        // The encoder may run on this thread: between batches others have their turn.
        await breathe();
      }
    } finally {
      await others?.close();
    }
  }

  async *#batches(texts: List<string>): AsyncGenerator<Batch> {
    const { passagePrefix } = this.profile;
    for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
      const inputs: (readonly number[])[] = [];
      for (let index = from; index < Math.min(from + TEXTS_AT_ONCE, texts.length); index += 1) {
        if (index % TEXTS_IN_A_ROW === 0) await breathe();
        inputs.push(this.#model.tokenize(passagePrefix + (texts.at(index) ?? '')));
      }
      for (const batch of batchesOf(inputs)) {
        yield { indices: batch.map((at) => from + at), rows: batch.map((at) => inputs[at] ?? []) };
      }
    }
  }

  async close(): Promise<void> {
    await this.#model.dispose();
  }
}

/** Inputs of one length with the positions of their texts. */
interface Batch {
  readonly indices: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** Items with what comes of them, in their order, while so many are worked on at a time. */
async function* ahead<T, R>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  const begun: (readonly [T, Promise<R>])[] = [];
  for await (const item of items) {
    const result = work(item);
    // It is thrown when its turn comes.
    result.catch(() => undefined);
    begun.push([item, result]);
    const first = begun.length >= width ? begun.shift() : undefined;
    if (first) yield [first[0], await first[1]];
  }
  for (const [item, result] of begun) yield [item, await result];
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
