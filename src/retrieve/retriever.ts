import { BaseRetriever } from '@langchain/core/retrievers';
import { Document } from 'langchain';
import { placeOf, type Span, spansOf } from '../corpus/index.js';
import type { AnyIndex } from '../index/index.js';
import { retrieve } from './retrieve.js';
import { type Filters, NO_FILTERS, type Passage } from './types.js';

/** What a passage's document says beside its text: its citation. */
export interface PassageMetadata {
  /** Id and title of the document. */
  readonly document: string;
  readonly title: string;
  /** null is the front matter. */
  readonly paragraph: number | null;
  /** "para. 71", or "front matter". */
  readonly label: string;
  /** Headings above it, outermost first. */
  readonly section: readonly string[];
  /** Year of the heading above it. */
  readonly year: number | null;
  /** Where the text stands in the source file, `[start, end)` in UTF-16 code units. */
  readonly spans: readonly Span[];
  /** Path of the paragraph on a server; with `baseUrl` its whole address. */
  readonly url: string;
  /** 0 to 1. */
  readonly score: number;
}

export interface PassageRetrieverOptions {
  readonly index: AnyIndex;
  /** Most passages to return. */
  readonly limit: number;
  readonly filters?: Filters;
  /** Address of a server of the same record, to make whole addresses of paths: "https://record.example.org". */
  readonly baseUrl?: string;
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
    const { index, limit, filters = NO_FILTERS, baseUrl } = this.#options;
    const { passages } = await retrieve(index, { text: query, limit, filters, scope: true });
    return passages.map((passage) => documentOf(passage, baseUrl));
  }
}

function documentOf(passage: Passage, baseUrl: string | undefined): Document<PassageMetadata> {
  const { document, paragraph, score } = passage;
  const { wording } = paragraph;
  const { url, ...place } = placeOf(passage);
  return new Document({
    id: `${document.metadata.id}#${place.paragraph ?? 'front-matter'}`,
    pageContent: wording.text,
    metadata: {
      ...place,
      title: document.metadata.title,
      spans: spansOf(wording, 0, wording.text.length, document.source),
      url: baseUrl === undefined ? url : new URL(url, baseUrl).href,
      score,
    },
  });
}
