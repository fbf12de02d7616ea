import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Which words are near each other by what WordNet's definitions say of them, as near.mjs compares them. */
export interface NearWords {
  /** Stems (the first of `basesOf`) of the words nearest to that with a stem, and how near, 0 to 1; at most 24. */
  of(stem: string): readonly (readonly [stem: string, nearness: number])[];
}

/** For what runs from src and from dist. */
const FILE = new URL('../../dist/wordnet/data/near.br', import.meta.url);
/** Nearness is in steps of a sixteenth. */
const STEPS = 16;

let read: NearWords | undefined;

/** Read at the first call: some 40 ms and 7 MB. */
export function nearWords(): NearWords {
  read ??= readNearWords();
  return read;
}

function readNearWords(): NearWords {
  const bytes = Uint8Array.from(brotliDecompressSync(readFileSync(FILE)));
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const stems = Buffer.from(bytes.subarray(4, 4 + size))
    .toString('utf8')
    .split('\n');
  const numbers = new Map(stems.map((stem, number) => [stem, number]));
  const counts = bytes.subarray(4 + size, 4 + size + stems.length);
  const starts = new Uint32Array(stems.length + 1);
  for (const [number, count] of counts.entries()) starts[number + 1] = (starts[number] as number) + count;
  const total = starts[stems.length] as number;
  const from = 4 + size + stems.length;
  const others = new Uint16Array(total);
  for (let word = 0; word < stems.length; word += 1) {
    let number = 0;
    for (let i = starts[word] as number; i < (starts[word + 1] as number); i += 1) {
      number += (bytes[from + i] as number) + 256 * (bytes[from + total + i] as number);
      others[i] = number;
    }
  }
  const steps = bytes.slice(from + 2 * total);
  return {
    of: (stem) => {
      const number = numbers.get(stem);
      if (number === undefined) return [];
      const near: [string, number][] = [];
      for (let i = starts[number] as number; i < (starts[number + 1] as number); i += 1)
        near.push([stems[others[i] as number] as string, (steps[i] as number) / STEPS]);
      return near;
    },
  };
}
