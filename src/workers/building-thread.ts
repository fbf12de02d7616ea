import { parentPort, workerData } from 'node:worker_threads';
import { LocalEmbeddings, type Progress } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import { openOrBuild, type Pointer } from '../index/index.js';
import { type BuildingData, type BuildingMessage, type Outcome, outcomeOf } from './messages.js';

/** What the thread of `startBuild` runs: sees to it that there is an index of the documents. Any message stops it. */

const { config, documents } = workerData as BuildingData;
const port = parentPort;
if (!port) throw new Error('this is no program of its own');
const say = (message: BuildingMessage) => port.postMessage(message);

let stopped = false;
port.once('message', () => {
  stopped = true;
});

const progress: Progress = (stage, done, total) => {
  if (stopped) throw new ParaciteError('not_ready', 'stopped while the index was built');
  say({ kind: 'progress', stage, done, total });
};

const outcome: Outcome<Pointer> = await outcomeOf(async () => {
  const embeddings = await LocalEmbeddings.open({
    name: config.embeddingModel,
    cacheDirectory: config.modelCacheDirectory,
    progress,
  });
  const { pointer } = await openOrBuild({
    directory: config.indexDirectory,
    documents,
    embeddings,
    progress,
    onRebuild: (why) => say({ kind: 'rebuild', why }),
  });
  return pointer;
});
say({ kind: 'end', outcome });
port.close();
