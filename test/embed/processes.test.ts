import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { startEncodingProcesses } from '../../src/embed/processes.js';
import { openEncoder } from '../support/encoder.js';
import { loadRecord, MODEL_CACHE } from '../support/fixtures.js';

/** Different questions of the record: of many lengths, and more than are encoded without other processes. */
let texts: readonly string[];
let alone: LocalEmbeddings;
/** Their vectors as one process gives them. */
let expected: readonly Float32Array[];

const model = { name: 'bundled', cacheDirectory: MODEL_CACHE };
const PROCESSES = 2;

beforeAll(async () => {
  const { questions } = await loadRecord();
  texts = [...new Set(questions.flatMap((entry) => [...entry.questions, ...entry.unanswered]))].slice(0, 300);
  alone = await openEncoder();
  expected = await alone.embedAll(texts);
});
afterAll(() => alone.close());

function sameBits(one: readonly Float32Array[], other: readonly Float32Array[]): boolean {
  const bytes = (vectors: readonly Float32Array[]) =>
    Buffer.concat(
      vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    );
  return bytes(one).equals(bytes(other));
}

/** Processes that this one has started and that encode. */
function encoding(): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/u);
    return Number(parent) === process.pid && args.join(' ').includes('embed/encoding') ? [Number(pid)] : [];
  });
}

describe('encoding in several processes', () => {
  it('gives the vectors of one process to the last bit, and tells of them in the same order', async () => {
    const together = await LocalEmbeddings.open({ ...model, processes: PROCESSES });
    const told: number[][] = [[], []];
    for (const [which, embeddings] of [alone, together].entries()) {
      await embeddings.embedBatches(texts, (batch) => {
        told[which]?.push(...batch.map(([index]) => index));
        if (which === 1) expect(encoding()).toHaveLength(PROCESSES);
      });
    }
    expect(told[1]).toEqual(told[0]);
    expect(sameBits(await together.embedAll(texts), expected)).toBe(true);
    await together.close();
    expect(encoding()).toEqual([]);
  });

  it('gives them also where every process is killed on the way', async () => {
    const together = await LocalEmbeddings.open({ ...model, processes: PROCESSES });
    const vectors: Float32Array[] = [];
    let killed = 0;
    await together.embedBatches(texts, (batch, done) => {
      for (const [index, vector] of batch) vectors[index] = vector;
      if (done < texts.length / 2 || killed > 0) return;
      for (const pid of encoding()) {
        process.kill(pid, 'SIGKILL');
        killed += 1;
      }
    });
    expect(killed).toBe(PROCESSES);
    expect(sameBits(vectors, expected)).toBe(true);
    await together.close();
  });

  it('ends them where whoever takes the vectors stops', async () => {
    const together = await LocalEmbeddings.open({ ...model, processes: PROCESSES });
    await expect(
      together.embedBatches(texts, () => {
        throw new Error('stopped');
      }),
    ).rejects.toThrow('stopped');
    expect(encoding()).toEqual([]);
    await together.close();
  });

  it('says what is wrong where a process cannot open the encoder', async () => {
    const processes = startEncodingProcesses(1, { graph: '/nowhere', profile: alone.profile });
    await expect(processes.encode([[1, 2, 3]])).rejects.toMatchObject({ code: 'model' });
    await processes.close();
    await expect(processes.encode([[1, 2, 3]])).rejects.toThrow('has ended');
  });
});
