import { BaseRetriever } from '@langchain/core/retrievers';
import { Document } from 'langchain';
import type { ComposedIndex } from '../index/index.js';
import { retrieve } from './retrieve.js';
import { type Filters, NO_FILTERS } from './types.js';

/** What a passage's document says beside its text: enough to cite it. */
export interface PassageMetadata {
  readonly document: string;
  /** 0 is the front matter. */
  readonly paragraph: number;
  readonly section: readonly string[];
  readonly year: number | null;
  /** 0 to 1. */
  readonly score: number;
}

export interface PassageRetrieverOptions {
  readonly index: ComposedIndex;
  /** Most passages to return. */
  readonly limit: number;
  readonly filters?: Filters;
}

/** LangChain's interface to the search: a document a paragraph, best first. Any LangChain chain can read the record through it. */
export class PassageRetriever extends BaseRetriever<PassageMetadata> {
  static override lc_name(): string {
    return 'PassageRetriever';
  }

  override lc_namespace = ['paracite', 'retrievers'];
  readonly #options: PassageRetrieverOptions;

  constructor(options: PassageRetrieverOptions) {
    super({});
    this.#options = options;
  }

  override async _getRelevantDocuments(query: string): Promise<Document<PassageMetadata>[]> {
    const { index, limit, filters = NO_FILTERS } = this.#options;
    const { passages } = await retrieve(index, { text: query, limit, filters, scope: true });
    return passages.map(
      ({ document, paragraph, score }) =>
        new Document({
          pageContent: paragraph.wording.text,
          metadata: {
            document: document.metadata.id,
            paragraph: paragraph.number,
            section: paragraph.section,
            year: paragraph.year,
            score,
          },
        }),
    );
  }
}
