import { readConfig } from '../config.js';
import { type Filters, NO_FILTERS, PassageRetriever } from '../retrieve/index.js';
import { Service } from '../service.js';

export { type Filters, type PassageMetadata, PassageRetriever } from '../retrieve/index.js';

/** The record for LangChain, without a server. */

export interface RetrieverOptions {
  /** Most passages to return; 5 where left out. */
  readonly limit?: number;
  /** Leaves out what is outside; what is left out limits nothing. */
  readonly filters?: Partial<Filters>;
  /** Address of a server of the same record, to make whole addresses of the paths in the metadata. */
  readonly baseUrl?: string;
  /** Settings by name, as `.env.example` lists them (`CORPUS_DIR`, `INDEX_DIR`, `MODEL_CACHE_DIR` ...); `process.env` is one such. */
  readonly settings?: Readonly<Record<string, string | undefined>>;
}

export interface OpenRetriever {
  readonly retriever: PassageRetriever;
  /** Lets go of the encoder; nothing can be retrieved afterwards. */
  close(): Promise<void>;
}

/**
 * Opens the index of the corpus, building it where there is none or it is stale, and a retriever that reads it.
 *
 * @throws ParaciteError `config`, `corpus`, `model` or `index`
 */
export async function openRetriever({
  limit = 5,
  filters = {},
  baseUrl,
  settings = {},
}: RetrieverOptions = {}): Promise<OpenRetriever> {
  const service = await Service.open(readConfig(settings));
  const retriever = new PassageRetriever({
    index: service.index,
    limit,
    filters: { ...NO_FILTERS, ...filters },
    ...(baseUrl !== undefined && { baseUrl }),
  });
  return { retriever, close: () => service.close() };
}
