import path from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { type CorpusProblem, describeProblem, type RecordDocument } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import type { Pointer } from '../index/index.js';
import type { Exchanges, Job, JobKind, RequestOptions, Responder } from '../response/index.js';
import { currentIn, readDocuments } from '../service.js';
import { type IndexStore, openStore } from '../stores.js';
import { type Build, startBuild } from '../workers/index.js';
import { type CacheStats, viewCache } from './cache.js';
import { type Generation, openGeneration } from './generation.js';
import type { QueueStats } from './queue.js';
import { repeat } from './repeat.js';

/** How far a build is: `done` of `total` in the unit that `stage` names. */
export interface BuildProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface ServingStats extends QueueStats {
  /** Jobs performed at a time. */
  readonly width: number;
  readonly cache: CacheStats;
}

/** How often it is looked which index others have put in place of the one that is served, in milliseconds. */
const LOOK_MS = 2_000;
/** Time before a database that is away is tried again, in milliseconds. */
const RETRY_MS = 2_000;

/** What can be done with a server while it runs, beside asking it. */
export interface Operations {
  /**
   * Reads the corpus anew, and serves an index of it as soon as there is one; until then, and where it fails, the one
   * that is served goes on answering. While one runs, another call joins it: what changed in the corpus since it began
   * may be left out.
   *
   * @returns identity of the index that is served then
   * @throws ParaciteError `corpus` where a document that is served cannot be read any more, or none is left; `index`,
   * `model`, `not_ready` where the server has not opened yet or stops
   */
  reindex(): Promise<string>;
  /** Null while no index is built. */
  progress(): BuildProgress | null;
  stats(): ServingStats;
  /** Why no new question can be answered for now, where an index is open. Null where all is well. */
  trouble(): string | null;
}

/** What answers behind the server: an index, the processes that read it, and what becomes of both over time. */
export class Serving implements Operations {
  readonly #config: Config;
  readonly #log: Logger;
  readonly #store: IndexStore;
  readonly #cache;
  readonly #responder: Responder;
  #opened: Promise<void> | null = null;
  #generation: Generation | null = null;
  #build: Build | null = null;
  #progress: BuildProgress | null = null;
  #reindexing: Promise<string> | null = null;
  /** Indexes that were served before and still have requests to finish. */
  readonly #retiring = new Map<Generation, Promise<void>>();
  #completedByRetired = 0;
  #failed = false;
  #trouble: string | null = null;
  #endLooking: () => Promise<void> = async () => undefined;
  #closing = false;

  constructor(config: Config, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#store = openStore(config);
    this.#cache = viewCache(config.cacheEntries);
    this.#responder = this.#makeResponder();
  }

  /**
   * Opens the index on disk, or a new one where there is none or it is stale or damaged.
   *
   * @throws ParaciteError `corpus`, `model` or `index`, or `not_ready` where it was closed before
   */
  open(): Promise<void> {
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#failed = true;
      throw error;
    });
    return this.#opened;
  }

  /** What answers, or why nothing does yet. */
  state(): { readonly ready: Responder } | { readonly ready: null; readonly reason: string } {
    if (this.#generation) return { ready: this.#responder };
    if (this.#failed) return { ready: null, reason: 'it could not be opened; the server log has the reason' };
    if (!this.#progress) return { ready: null, reason: this.#trouble ?? 'the index is being opened' };
    const { stage, done, total } = this.#progress;
    return { ready: null, reason: `${stage} ${total > 0 ? Math.round((100 * done) / total) : 0} %` };
  }

  reindex(): Promise<string> {
    this.#reindexing ??= this.#reindex().finally(() => {
      this.#reindexing = null;
    });
    return this.#reindexing;
  }

  progress(): BuildProgress | null {
    return this.#progress;
  }

  trouble(): string | null {
    return this.#trouble;
  }

  stats(): ServingStats {
    const generations = [...this.#retiring.keys(), ...(this.#generation ? [this.#generation] : [])];
    const queues = generations.map(({ queue }) => queue.stats());
    const sum = (name: keyof QueueStats) => queues.reduce((total, stats) => total + stats[name], 0);
    return {
      waiting: sum('waiting'),
      running: sum('running'),
      completed: this.#completedByRetired + sum('completed'),
      width: Math.max(1, this.#config.workers),
      cache: this.#cache.stats(),
    };
  }

  /** Stops a build, and closes what answers without waiting for what still runs. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#build?.stop();
    await this.#endLooking();
    await Promise.allSettled([this.#opened, this.#reindexing, ...this.#retiring.values()]);
    await this.#generation?.close();
    await this.#store.close();
  }

  /** One object for all generations: each request goes to the one that serves at that moment, whole. */
  #makeResponder(): Responder {
    const serving = (): Generation => {
      if (!this.#generation) throw new ParaciteError('not_ready', 'the index is being opened');
      return this.#generation;
    };
    const submit = <K extends JobKind>(generation: Generation, job: Job<K>, { signal }: RequestOptions) =>
      // A job is answered by the view of its kind.
      generation.queue.submit(job as Job, signal) as Promise<Exchanges[K]['view']>;
    const kept = async <K extends 'ask' | 'search'>(job: Job<K>, options: RequestOptions) => {
      const generation = serving();
      return this.#cache.through(generation.identity, job, () => submit(generation, job, options));
    };
    return {
      get documents() {
        return serving().documents;
      },
      get identity() {
        return serving().identity;
      },
      get builtAt() {
        return serving().builtAt;
      },
      ask: (request, options = {}) => kept({ kind: 'ask', request }, options),
      search: (request, options = {}) => kept({ kind: 'search', request }, options),
      verify: async (request, options = {}) => submit(serving(), { kind: 'verify', request }, options),
      verifyDraft: async (request, options = {}) =>
        submit(serving(), { kind: 'verifyDraft', request }, options),
      digest: async (request, options = {}) => submit(serving(), { kind: 'digest', request }, options),
    };
  }

  async #open(): Promise<void> {
    const started = performance.now();
    this.#generation = await this.#whenThere(() => this.#first());
    if (this.#store.shared) this.#endLooking = repeat(() => this.#look(), LOOK_MS);
    this.#log.info(
      { index: this.#generation.identity, tookMs: Math.round(performance.now() - started) },
      'ready',
    );
  }

  async #first(): Promise<Generation> {
    const { documents, pointer } = await currentIn(this.#store, this.#config, this.#leftOut);
    const found = pointer && (await this.#openIfUsable(documents, pointer));
    return found ?? this.#openBuilt(documents, await this.#built(documents));
  }

  /** Tries again as long as the database is away. */
  async #whenThere<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await work();
        this.#trouble = null;
        return result;
      } catch (error) {
        const away = error instanceof ParaciteError && error.code === 'not_ready';
        if (!away || !this.#store.shared || this.#closing) throw error;
        if (this.#trouble !== error.message) this.#log.warn(`${error.message}; trying again`);
        this.#trouble = error.message;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Serves what another service has put in place of the index that is served here, and knows whether the database is there. */
  async #look(): Promise<void> {
    try {
      const pointer = await this.#store.current();
      if (this.#trouble !== null) this.#log.info('the database can be reached again');
      this.#trouble = null;
      const before = this.#generation;
      if (!before || !pointer || this.#reindexing || pointer.folder === before.pointer.folder) return;
      const documents = (await this.#store.documents(pointer)) ?? before.documents;
      this.#swap(before, await this.#openBuilt(documents, pointer));
      this.#log.info(
        { index: this.#generation?.identity, before: before.identity },
        'another index is in use',
      );
    } catch (error) {
      const message = messageOf(error);
      if (this.#trouble !== message)
        this.#log.error({ err: error }, 'the index in the database could not be looked at');
      this.#trouble = message;
    }
  }

  async #reindex(): Promise<string> {
    const started = performance.now();
    try {
      await this.#opened;
      const before = this.#generation;
      if (!before || this.#closing) throw new ParaciteError('not_ready', 'the index is not open');
      const documents = await this.#readAnew(before.documents);
      const pointer = await this.#built(documents);
      if (pointer.folder !== before.pointer.folder) {
        this.#swap(before, await this.#openBuilt(documents, pointer));
      }
      const { identity } = this.#generation ?? before;
      const tookMs = Math.round(performance.now() - started);
      this.#log.info({ index: identity, before: before.identity, tookMs }, 're-indexed');
      return identity;
    } catch (error) {
      this.#log.error({ err: error }, 'not re-indexed; the index that is served goes on answering');
      throw error;
    }
  }

  /** A document that is served and broken on disk is no reason to forget it. */
  async #readAnew(served: readonly RecordDocument[]): Promise<readonly RecordDocument[]> {
    const broken: CorpusProblem[] = [];
    const documents = await readDocuments(this.#config.corpusDirectory, (problem) => {
      const name = path.basename(problem.file);
      if (served.some(({ metadata }) => name.startsWith(`${metadata.id}.`))) broken.push(problem);
      else this.#leftOut(problem);
    });
    if (broken.length > 0) throw new ParaciteError('corpus', broken.map(describeProblem).join('; '));
    return documents;
  }

  #swap(before: Generation, next: Generation): void {
    this.#generation = next;
    this.#cache.clear();
    const retired = before
      .retire()
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'the index that was served before could not be closed');
      })
      .finally(() => {
        this.#completedByRetired += before.queue.stats().completed;
        this.#retiring.delete(before);
      });
    this.#retiring.set(before, retired);
  }

  #openBuilt(documents: readonly RecordDocument[], pointer: Pointer): Promise<Generation> {
    return openGeneration(this.#store, {
      config: this.#config,
      built: { documents, pointer },
      onCrash: (error) => this.#log.error({ err: error }, 'an answering process ended and is replaced'),
    });
  }

  /** Null where the index has to be built. */
  async #openIfUsable(documents: readonly RecordDocument[], pointer: Pointer): Promise<Generation | null> {
    try {
      return await this.#openBuilt(documents, pointer);
    } catch (error) {
      if (error instanceof ParaciteError && error.code === 'index') return null;
      throw error;
    }
  }

  async #built(documents: readonly RecordDocument[]): Promise<Pointer> {
    if (this.#closing) throw new ParaciteError('not_ready', 'stopped before the index was built');
    this.#build = startBuild({
      config: this.#config,
      documents,
      progress: (stage, done, total) => {
        this.#progress = { stage, done, total };
      },
      onRebuild: ({ reason: why, detail }) => this.#log.info({ why, detail }, 'building the index'),
    });
    try {
      return await this.#build.pointer;
    } finally {
      this.#build = null;
      this.#progress = null;
    }
  }

  readonly #leftOut = (problem: CorpusProblem): void => {
    this.#log.warn(`document left out: ${describeProblem(problem)}`);
  };
}
