import { type Answer, ask, type Question } from './answer/index.js';
import type { Config } from './config.js';
import { type CorpusProblem, describeProblem, loadCorpus } from './corpus/index.js';
import { type Digest, type DigestQuery, digest } from './digest/index.js';
import { LocalEmbeddings, type Progress } from './embed/index.js';
import { ParaciteError } from './errors.js';
import { openOrBuild, type SearchIndex, type Unusable } from './index/index.js';

export interface ServiceOptions {
  readonly progress?: Progress;
  readonly onRebuild?: (why: Unusable) => void;
  /** Told of each document that is left out. */
  readonly onProblem?: (problem: CorpusProblem) => void;
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
    const { documents, problems } = await loadCorpus(config.corpusDirectory);
    for (const problem of problems) options.onProblem?.(problem);
    if (documents.length === 0) {
      throw new ParaciteError(
        'corpus',
        `no document in ${config.corpusDirectory} can be read: ${problems.map(describeProblem).join('; ')}`,
      );
    }
    const embeddings = await LocalEmbeddings.open({
      name: config.embeddingModel,
      cacheDirectory: config.modelCacheDirectory,
      ...(options.progress && { progress: options.progress }),
    });
    const index = await openOrBuild({
      directory: config.indexDirectory,
      documents,
      embeddings,
      ...(options.progress && { progress: options.progress }),
      ...(options.onRebuild && { onRebuild: options.onRebuild }),
    }).catch(async (error: unknown) => {
      await embeddings.close();
      throw error;
    });
    return new Service(index, config.abstainThreshold);
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
