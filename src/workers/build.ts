import type { Progress } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import type { Pointer, Unusable } from '../index/index.js';
import { endOf, letGo, startChild } from '../processes/index.js';
import { type BuildingData, type BuildingMessage, type Outcome, resultOf } from './messages.js';

export interface BuildOptions extends BuildingData {
  readonly progress: Progress;
  /** Told why the index is built, where the one on disk is not used. */
  readonly onRebuild: (why: Unusable) => void;
}

/** A build that runs in a process of its own. */
export interface Build {
  /** Where the index of the documents stands. Rejects with ParaciteError `model`, `index`, or `not_ready` where it was stopped. */
  readonly pointer: Promise<Pointer>;
  /** Ends it at the next step; what it wrote is removed. */
  stop(): void;
}

/** Sees to it that there is an index of the documents: verifies the one on disk, or builds a new one beside it. */
export function startBuild({ config, documents, progress, onRebuild }: BuildOptions): Build {
  const child = startChild('workers/building', { config, documents } satisfies BuildingData);
  let outcome: Outcome<Pointer> | null = null;
  child.on('message', (message: BuildingMessage) => {
    if (message.kind === 'progress') progress(message.stage, message.done, message.total);
    else if (message.kind === 'rebuild') onRebuild(message.why);
    else {
      outcome = message.outcome;
      void letGo(child);
    }
  });
  // Its memory is given back before others are started on what it built.
  const pointer = endOf(child).then((end) => {
    if (outcome === null) throw new ParaciteError('index', `the process that built the index ${end}`);
    return resultOf(outcome);
  });
  return {
    pointer,
    stop: () => {
      if (child.connected) child.send('stop');
    },
  };
}
