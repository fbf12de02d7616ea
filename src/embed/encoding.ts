import { messageOf } from '../errors.js';
import { dataOfParent, tellParent } from '../processes/index.js';
import { encode } from './encode.js';
import { type Encoded, type EncodingData, LISTENS, type Rows } from './processes.js';
import { openSession } from './sessions.js';

/** What the processes of `startEncodingProcesses` run: opens the encoder once, then encodes one batch after another. */

const { graph, profile } = await dataOfParent<EncodingData>();
// Nothing else of the model: token ids come from the process that has the tokenizer.
const session = openSession(graph, 1);
// Told with each batch that needs it.
session.catch(() => undefined);

let before: Promise<void> = Promise.resolve();
process.on('message', (rows: Rows) => {
  before = before.then(async () => tellParent(await encoded(rows)));
});
tellParent(LISTENS);

async function encoded({ id, count, tokens }: Rows): Promise<Encoded> {
  try {
    const length = tokens.length / count;
    const inputs = Array.from({ length: count }, (_, row) => [
      ...tokens.subarray(row * length, (row + 1) * length),
    ]);
    // All of one length: none is padded.
    const rows = await encode(await session, {}, profile, inputs);
    const vectors = new Float32Array(count * profile.dimension);
    for (const [row, vector] of rows.entries()) vectors.set(vector, row * profile.dimension);
    return { id, vectors };
  } catch (error) {
    return { id, failed: messageOf(error) };
  }
}
