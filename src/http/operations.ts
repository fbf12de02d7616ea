/** How far a build is: `done` of `total` in the unit that `stage` names. */
export interface BuildProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** Work in hand and what was saved, in requests. */
export interface WorkStats {
  readonly waiting: number;
  readonly running: number;
  readonly cache: { readonly hits: number; readonly misses: number };
}

/** What can be done with a server while it runs, beside asking it. */
export interface Operations {
  /**
   * Builds the index anew from the corpus; the old one answers until the new one is open, and where it fails. While one runs, another
   * call joins it. Says in the log what came of it.
   *
   * @returns identity of the index that answers then
   */
  reindex(): Promise<string>;
  /** Null while no index is built. */
  progress(): BuildProgress | null;
  stats(): WorkStats;
}
