/** How a build of the index goes that was asked for over HTTP. */
export interface ReindexProgress {
  /** `idle` where none was asked for since the start. */
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** What is being done, such as "encoding"; null where nothing is. */
  readonly stage: string | null;
  /** Part of the stage that is done, 0 to 1. */
  readonly share: number;
  /** ISO 8601 times; null where it has not begun or ended. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** What an operator may have done while the server answers. */
export interface Operations {
  /**
   * Begins to build the index anew from the corpus, and resolves once it has begun. The old index answers until the new one is open.
   *
   * @throws ParaciteError `conflict` where a build runs
   */
  reindex(): Promise<void>;
  progress(): ReindexProgress;
}
