import { encodingProcesses, LocalEmbeddings, type Progress } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import { dataOfParent, tellParent } from '../processes/index.js';
import { openStore } from '../stores.js';
import { type BuildingData, type BuildingMessage, outcomeOf } from './messages.js';

/** What the process of `startBuild` runs: sees to it that there is an index of the documents. Any message stops it. */

const { config, documents } = await dataOfParent<BuildingData>();
const say = (message: BuildingMessage) => tellParent(message);

let stopped = false;
process.once('message', () => {
  stopped = true;
});

const progress: Progress = (stage, done, total) => {
  if (stopped) throw new ParaciteError('not_ready', 'stopped while the index was built');
  say({ kind: 'progress', stage, done, total });
};

const outcome = await outcomeOf(async () => {
  const embeddings = await LocalEmbeddings.open({
    name: config.embeddingModel,
    cacheDirectory: config.modelCacheDirectory,
    processes: encodingProcesses(config),
    progress,
  });
  const store = openStore(config);
  const { pointer } = await store.openOrBuild({
    documents,
    embeddings,
    progress,
    onRebuild: (why) => say({ kind: 'rebuild', why }),
  });
  return pointer;
});
say({ kind: 'end', outcome });
