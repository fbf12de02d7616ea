import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { MAX_INFLATED_BYTES, MAX_PART_BYTES, MAX_PARTS, megabytes } from './limits.js';
import { UnreadableFile } from './types.js';

/**
 * The parts of a compressed file that are wanted. Sizes are read from its directory before anything is inflated, and
 * counted while it is: a directory may lie.
 *
 * @throws UnreadableFile where it is damaged, encrypted, or larger than the limits
 */
export async function readZip(
  bytes: Buffer,
  wanted: (name: string) => boolean,
): Promise<{ readonly names: readonly string[]; readonly parts: ReadonlyMap<string, Uint8Array> }> {
  const zip = await opened(bytes);
  const entries = await entriesOf(zip);
  const declared = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const largest = entries.reduce((most, { uncompressedSize }) => Math.max(most, uncompressedSize), 0);
  if (declared > MAX_INFLATED_BYTES || largest > MAX_PART_BYTES)
    throw new UnreadableFile(
      `would have ${megabytes(declared)} once inflated, ${megabytes(largest)} of them in one part, more than the ${megabytes(MAX_INFLATED_BYTES)} and ${megabytes(MAX_PART_BYTES)} that are read; remove pictures or divide it`,
    );
  const parts = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (wanted(entry.fileName)) parts.set(entry.fileName, await inflated(zip, entry));
  }
  return { names: entries.map(({ fileName }) => fileName), parts };
}

function opened(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(damaged());
      else resolve(zip);
    });
  });
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('error', () => reject(damaged()));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > MAX_PARTS)
        reject(new UnreadableFile(`has more than ${MAX_PARTS} parts; save it anew`));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

function inflated(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (entry.isEncrypted()) return reject(new UnreadableFile('is encrypted; save it without a password'));
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(damaged());
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MAX_PART_BYTES) stream.destroy(new Error('too large'));
      });
      stream.on('error', () => reject(damaged()));
      stream.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    });
  });
}

function damaged(): UnreadableFile {
  return new UnreadableFile('is damaged: it cannot be unpacked; save it anew');
}
