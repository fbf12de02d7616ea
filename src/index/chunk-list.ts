import type { Part } from '../chunk/index.js';
import type { Paragraph } from '../corpus/index.js';
import { Numbers } from './numbers.js';
import { pack, unpacker } from './packed.js';
import type { ChunkEntry, EntryList, IndexedParagraph } from './types.js';

/** What is packed of a chunk: its place, and of its text, which is what the paragraph says there, a check. */
type Packed = Omit<ChunkEntry, 'kind'>;

/** The chunks of a corpus as numbers, by row: 20 bytes each, in memory as on disk. */
export class ChunkList implements EntryList<ChunkEntry> {
  readonly #paragraphs: readonly IndexedParagraph[];
  readonly #ordinals: Uint32Array;
  /** Twice the position among the blocks, or, with 1 more, among the footnotes. */
  readonly #parts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #checks: Uint32Array;

  /** @param packed as `ChunkPacker` gives it */
  constructor(packed: Uint8Array, paragraphs: readonly IndexedParagraph[]) {
    const next = unpacker(packed);
    this.#paragraphs = paragraphs;
    this.#ordinals = next(Uint32Array);
    this.#parts = next(Uint32Array);
    this.#starts = next(Uint32Array);
    this.#ends = next(Uint32Array);
    this.#checks = next(Uint32Array);
  }

  get size(): number {
    return this.#ordinals.length;
  }

  readonly paragraphOf = (row: number): number => this.#ordinals[row] ?? -1;

  entry(row: number): ChunkEntry | undefined {
    const paragraph = this.#ordinals[row];
    if (paragraph === undefined) return undefined;
    const number = this.#parts[row] as number;
    const part: Part = { kind: number % 2 === 0 ? 'block' : 'footnote', index: number >> 1 };
    const range = [this.#starts[row] as number, this.#ends[row] as number] as const;
    const of = this.#paragraphs[paragraph]?.paragraph;
    return {
      kind: 'chunk',
      paragraph,
      part,
      range,
      get text() {
        return of ? wordingAt(of, part).slice(...range) : '';
      },
    };
  }

  /** Whether the text at a chunk's place is the one that was indexed. */
  isWhole(row: number): boolean {
    const { text = '' } = this.entry(row) ?? {};
    return text !== '' && checkOf(text) === this.#checks[row];
  }
}

/** FNV-1a over UTF-16 code units. */
function checkOf(text: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  return hash >>> 0;
}

/** Gathers chunks in the order of their rows. */
export class ChunkPacker {
  readonly #columns = Array.from({ length: 5 }, () => new Numbers(Uint32Array));

  add({ paragraph, part, range, text }: Packed): void {
    const place = 2 * part.index + (part.kind === 'footnote' ? 1 : 0);
    const values = [paragraph, place, ...range, checkOf(text)];
    for (const [column, value] of values.entries()) this.#columns[column]?.push(value);
  }

  /** What was gathered, which is given up. */
  pack(): Uint8Array {
    return pack(this.#columns.map((column) => column.take()));
  }
}

/** As `ChunkList` takes them, in the order of their rows. */
export function packChunks(chunks: Iterable<Packed>): Uint8Array {
  const packer = new ChunkPacker();
  for (const chunk of chunks) packer.add(chunk);
  return packer.pack();
}

/** The text of a part; empty where the paragraph has none. */
function wordingAt({ blocks, footnotes }: Paragraph, { kind, index }: Part): string {
  return (kind === 'block' ? blocks : footnotes)[index]?.wording.text ?? '';
}
