import { messageOf } from '../errors.js';
import { dataOfParent, tellParent } from '../processes/index.js';
import { loadModel } from './model.js';
import { type Encoded, type EncodingData, LISTENS, type Rows } from './processes.js';

/** What the processes of `startEncodingProcesses` run: opens the encoder once, then encodes one batch after another. */

const { name, cacheDirectory } = await dataOfParent<EncodingData>();
const model = loadModel({ name, cacheDirectory, threads: 1 });
// Told with each batch that needs it.
model.catch(() => undefined);

let before: Promise<void> = Promise.resolve();
process.on('message', (rows: Rows) => {
  before = before.then(async () => tellParent(await encoded(rows)));
});
tellParent(LISTENS);

async function encoded({ id, count, tokens }: Rows): Promise<Encoded> {
  try {
    const { encode, profile } = await model;
    const length = tokens.length / count;
    const inputs = Array.from({ length: count }, (_, row) => [
      ...tokens.subarray(row * length, (row + 1) * length),
    ]);
    const vectors = new Float32Array(count * profile.dimension);
    for (const [row, vector] of (await encode(inputs)).entries())
      vectors.set(vector, row * profile.dimension);
    return { id, vectors };
  } catch (error) {
    return { id, failed: messageOf(error) };
  }
}
