import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import {
  type Built,
  type ComposedIndex,
  composeStored,
  identityOf,
  type Manifest,
  manifestOf,
  type OpenOptions,
  type Pointer,
  paragraphsOf,
  QueryAdapter,
  type RemoteIndex,
  sentencesReader,
  type Unusable,
} from '../index/index.js';
import { Database, type DatabaseOptions } from './database.js';
import { postgresEngine } from './engine.js';
import {
  currentPointer,
  type Generation,
  holdGeneration,
  idOf,
  readGeneration,
  schemaOf,
} from './generations.js';
import { loadIndex } from './load.js';
import { migrate } from './migrate.js';
import { documentsIn, readIndex } from './read.js';

/** First version of pgvector that follows a graph until enough of what it finds passes a filter. */
const ITERATIVE: readonly [major: number, minor: number] = [0, 8];

/** Indexes in PostgreSQL, which any number of services share. */
export class PostgresStore {
  readonly #database: Database;
  readonly #graphFrom: number | undefined;
  #migrated: Promise<void> | null = null;

  /** @param graphFrom vectors from which on they have a graph, where it is not to be the default */
  constructor(options: DatabaseOptions, graphFrom?: number) {
    this.#graphFrom = graphFrom;
    this.#database = new Database(options);
  }

  /**
   * The index in use. Null where there is none.
   *
   * @param model name of the encoder
   * @throws ParaciteError `not_ready` where the database is away, `config` where it refuses
   */
  async current(model: string): Promise<Pointer | null> {
    await this.#migrate();
    return currentPointer(this.#database, model);
  }

  documents(pointer: Pointer): Promise<readonly RecordDocument[]> {
    return documentsIn(this.#database, idOf(pointer));
  }

  /** Says that an index is in use, and drops what nobody uses. */
  hold(pointer: Pointer): () => void {
    return holdGeneration(this.#database, idOf(pointer));
  }

  /** The index in use or the one named, where it is of these documents and this encoder. */
  async open({
    documents,
    embeddings,
    pointer,
  }: Omit<OpenOptions, 'directory'>): Promise<RemoteIndex | Unusable> {
    const { profile } = embeddings;
    const found = pointer ?? (await this.current(profile.identity));
    if (!found) return { reason: 'missing', detail: 'no index in the database' };
    const generation = await readGeneration(this.#database, found);
    if (generation.manifest.model.identity !== profile.identity)
      return { reason: 'stale', detail: 'built with another embedding model' };
    if (generation.manifest.identity !== identityOf(documents, profile))
      return { reason: 'stale', detail: 'the corpus has changed' };
    return this.#opened(generation, found, documents, embeddings);
  }

  /** The index in use where it is of these documents, otherwise a new one. */
  async openOrBuild(options: OpenOptions): Promise<RemoteIndex> {
    const { documents, embeddings, progress = () => undefined } = options;
    const found = await this.open(options);
    if (!('reason' in found)) return found;
    options.onRebuild?.(found);
    await this.build({ ...options, progress });
    const built = await this.open({ documents, embeddings });
    if ('reason' in built)
      throw new ParaciteError(
        'index',
        `the index just built in the database is ${built.reason}: ${built.detail}`,
      );
    return built;
  }

  /** Builds a new index, of vectors that earlier builds in a folder of this machine made as far as there are. */
  async build({
    directory,
    documents,
    embeddings,
    progress = () => undefined,
  }: Pick<OpenOptions, 'directory' | 'documents' | 'embeddings' | 'progress'>): Promise<Built> {
    // Before the long work, so that a database that cannot be used is told at once.
    await this.#migrate();
    const { made, texts } = await composeStored(directory, documents, embeddings, progress, (composed) =>
      this.load(composed, progress),
    );
    return { manifest: made, texts };
  }

  /** Makes an index that was composed or read elsewhere the one in use. */
  async load(
    composed: ComposedIndex,
    progress: (stage: string, done: number, total: number) => void,
  ): Promise<Manifest> {
    const manifest = manifestOf(composed, {});
    await this.#migrate();
    await loadIndex(this.#database, composed, manifest, progress, this.#graphFrom);
    return manifest;
  }

  /**
   * The whole of the index in use.
   *
   * @throws ParaciteError `index` where there is none, or it is of another encoder
   */
  async read(
    embeddings: LocalEmbeddings,
    progress: (stage: string, done: number, total: number) => void,
  ): Promise<ComposedIndex> {
    const pointer = await this.current(embeddings.profile.identity);
    if (!pointer)
      throw new ParaciteError('index', 'there is no index in the database; run npm run index with INDEX_URL');
    const generation = await readGeneration(this.#database, pointer);
    if (generation.manifest.model.identity !== embeddings.profile.identity)
      throw new ParaciteError('index', 'the index in the database was built with another embedding model');
    const release = this.hold(pointer);
    try {
      return await readIndex(this.#database, generation, embeddings, progress);
    } finally {
      release();
    }
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  /** Once a process; again where it failed. */
  #migrate(): Promise<void> {
    this.#migrated ??= migrate(this.#database).catch((error: unknown) => {
      this.#migrated = null;
      throw error;
    });
    return this.#migrated;
  }

  async #opened(
    { id, manifest, adapter }: Generation,
    pointer: Pointer,
    documents: readonly RecordDocument[],
    embeddings: LocalEmbeddings,
  ): Promise<RemoteIndex> {
    const paragraphs = paragraphsOf(documents);
    return {
      manifest,
      pointer,
      documents,
      paragraphs,
      sentencesOf: sentencesReader(paragraphs),
      adapter: new QueryAdapter(adapter, manifest.model.dimension),
      embeddings,
      engine: postgresEngine({
        database: this.#database,
        schema: schemaOf(id),
        paragraphs: paragraphs.length,
        iterative: await this.#isIterative(),
      }),
    };
  }

  async #isIterative(): Promise<boolean> {
    const [row] = await this.#database.query<{ extversion: string }>(
      `SELECT extversion FROM pg_extension WHERE extname = 'vector'`,
    );
    const [major = 0, minor = 0] = (row?.extversion ?? '').split('.').map(Number);
    return major > ITERATIVE[0] || (major === ITERATIVE[0] && minor >= ITERATIVE[1]);
  }
}
