import type { Operations } from '../../src/serving/index.js';

export interface ControlledOperations extends Operations {
  readonly started: number;
  finish(index: string): void;
  fail(error: Error): void;
}

/** Stands for the building of an index, which is tested elsewhere and takes long: the test says when it ends. */
export function controlledOperations(): ControlledOperations {
  let started = 0;
  let finish: (index: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  return {
    get started() {
      return started;
    },
    reindex: () => {
      started += 1;
      return new Promise((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    },
    progress: () => (started > 0 ? { stage: 'encoding', done: 1, total: 4 } : null),
    trouble: () => null,
    stats: () => ({ waiting: 3, running: 2, completed: 12, width: 2, cache: { hits: 7, misses: 5 } }),
    finish: (index) => finish(index),
    fail: (error) => fail(error),
  };
}
