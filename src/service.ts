import { type Answer, ask, type Question } from './answer/index.js';
import type { Config } from './config.js';
import { type CorpusProblem, describeProblem, type RecordDocument, readCorpus } from './corpus/index.js';
import { type Digest, type DigestQuery, digest } from './digest/index.js';
import { type EmbeddingsOptions, encodingProcesses, LocalEmbeddings, type Progress } from './embed/index.js';
import { ParaciteError } from './errors.js';
import type { Pointer, ServedIndex, Unusable } from './index/index.js';
import { type IndexStore, openStore } from './stores.js';

export interface ServiceOptions {
  readonly progress?: Progress;
  readonly onRebuild?: (why: Unusable) => void;
  /** Told of each document that is left out. */
  readonly onProblem?: (problem: CorpusProblem) => void;
}

/** An index on disk and the documents that it was built of. */
export interface BuiltIndex {
  readonly documents: readonly RecordDocument[];
  readonly pointer: Pointer;
}

/**
 * The documents of a folder.
 *
 * @param onProblem told of each document that is left out
 * @throws ParaciteError `corpus` where none is left
 */
export async function readDocuments(
  directory: string,
  onProblem: (problem: CorpusProblem) => void = () => undefined,
): Promise<readonly RecordDocument[]> {
  const { documents, problems } = await readCorpus(directory);
  for (const problem of problems) onProblem(problem);
  if (documents.length === 0) {
    throw new ParaciteError(
      'corpus',
      `no document in ${directory} can be read: ${problems.map(describeProblem).join('; ')}`,
    );
  }
  return documents;
}

/**
 * The index in use and the documents that it is of, or where there is none those of the corpus.
 *
 * @param onProblem told of each document that is left out
 */
export async function currentIn(
  store: IndexStore,
  { corpusDirectory }: Config,
  onProblem?: (problem: CorpusProblem) => void,
): Promise<{ readonly documents: readonly RecordDocument[]; readonly pointer: Pointer | null }> {
  const pointer = await store.current();
  const kept = pointer && (await store.documents(pointer));
  return { documents: kept ?? (await readDocuments(corpusDirectory, onProblem)), pointer };
}

/** Everything that answers questions: encoder, corpus and index, opened together and closed together. */
export class Service<I extends ServedIndex = ServedIndex> {
  readonly index: I;
  readonly #store: IndexStore;
  readonly #abstainThreshold: number | undefined;

  private constructor(index: I, store: IndexStore, abstainThreshold: number | undefined) {
    this.index = index;
    this.#store = store;
    this.#abstainThreshold = abstainThreshold;
  }

  /**
   * Opens the index of the corpus, building it where there is none or it is stale or damaged.
   *
   * @throws ParaciteError `corpus`, `model` or `index`
   */
  static async open(config: Config, options: ServiceOptions = {}): Promise<Service> {
    const { progress, onRebuild } = options;
    const processes = encodingProcesses(config);
    return Service.#with(config, { processes, ...(progress && { progress }) }, async (embeddings, store) => {
      const { documents } = await currentIn(store, config, options.onProblem);
      return store.openOrBuild({
        documents,
        embeddings,
        ...(progress && { progress }),
        ...(onRebuild && { onRebuild }),
      });
    });
  }

  /**
   * Opens an index that is known to be there, beside others on the same machine: the encoder takes one thread.
   *
   * @throws ParaciteError `model`, or `index` where it is not an index of these documents or not whole
   */
  static openBuilt(config: Config, built: BuiltIndex): Promise<Service> {
    return Service.#with(config, { threads: 1 }, async (embeddings, store) => {
      const found = await store.open({ embeddings, ...built });
      if ('reason' in found)
        throw new ParaciteError('index', `the index is ${found.reason}: ${found.detail}`);
      return found;
    });
  }

  static async #with(
    config: Config,
    options: Omit<EmbeddingsOptions, 'name' | 'cacheDirectory'>,
    open: (embeddings: LocalEmbeddings, store: IndexStore) => Promise<ServedIndex>,
  ): Promise<Service> {
    const embeddings = await LocalEmbeddings.open({
      name: config.embeddingModel,
      cacheDirectory: config.modelCacheDirectory,
      ...options,
    });
    const store = openStore(config);
    try {
      return new Service(await open(embeddings, store), store, config.abstainThreshold);
    } catch (error) {
      await Promise.all([embeddings.close(), store.close()]);
      throw error;
    }
  }

  ask(question: Question): Promise<Answer> {
    return ask(this.index, question, this.#abstainThreshold);
  }

  digest(query: DigestQuery): Promise<Digest> {
    return digest(this.index, query, this.#abstainThreshold);
  }

  async close(): Promise<void> {
    await Promise.all([this.index.embeddings.close(), this.#store.close()]);
  }
}
