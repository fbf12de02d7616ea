import { type Answer, ask, type Question } from './answer/index.js';
import type { Config } from './config.js';
import { type CorpusProblem, describeProblem, type RecordDocument, readCorpus } from './corpus/index.js';
import { type Digest, type DigestQuery, digest } from './digest/index.js';
import { LocalEmbeddings, type ModelOptions, type Progress } from './embed/index.js';
import { ParaciteError } from './errors.js';
import { openIndex, openOrBuild, type Pointer, type SearchIndex, type Unusable } from './index/index.js';

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

/** Everything that answers questions: encoder, corpus and index, opened together and closed together. */
export class Service {
  readonly index: SearchIndex;
  readonly #abstainThreshold: number | undefined;

  private constructor(index: SearchIndex, abstainThreshold: number | undefined) {
    this.index = index;
    this.#abstainThreshold = abstainThreshold;
  }

  /**
   * Opens the index of the corpus, building it where there is none or it is stale or damaged.
   *
   * @throws ParaciteError `corpus`, `model` or `index`
   */
  static async open(config: Config, options: ServiceOptions = {}): Promise<Service> {
    const documents = await readDocuments(config.corpusDirectory, options.onProblem);
    const { progress, onRebuild } = options;
    return Service.#with(config, { ...(progress && { progress }) }, (embeddings) =>
      openOrBuild({
        directory: config.indexDirectory,
        documents,
        embeddings,
        ...(progress && { progress }),
        ...(onRebuild && { onRebuild }),
      }),
    );
  }

  /**
   * Opens an index that is known to be there, beside others on the same machine: the encoder takes one thread.
   *
   * @throws ParaciteError `model`, or `index` where it is not an index of these documents or not whole
   */
  static openBuilt(config: Config, built: BuiltIndex): Promise<Service> {
    return Service.#with(config, { threads: 1 }, async (embeddings) => {
      const found = await openIndex({ directory: config.indexDirectory, embeddings, ...built });
      if ('reason' in found)
        throw new ParaciteError('index', `the index is ${found.reason}: ${found.detail}`);
      return found;
    });
  }

  static async #with(
    { embeddingModel, modelCacheDirectory, abstainThreshold }: Config,
    options: Pick<ModelOptions, 'threads' | 'progress'>,
    open: (embeddings: LocalEmbeddings) => Promise<SearchIndex>,
  ): Promise<Service> {
    const embeddings = await LocalEmbeddings.open({
      name: embeddingModel,
      cacheDirectory: modelCacheDirectory,
      ...options,
    });
    try {
      return new Service(await open(embeddings), abstainThreshold);
    } catch (error) {
      await embeddings.close();
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
    await this.index.embeddings.close();
  }
}
