import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, ParaciteError } from '../errors.js';

/** Folder inside the corpus for what is extracted. */
export const KEPT_FOLDER = '.extracted';
/** Raised whenever the same file would give another text or other blocks. */
export const EXTRACTION = 1;

const blockSchema = z.object({
  kind: z.enum(['heading', 'text', 'item', 'row', 'header', 'note']),
  start: z.int().min(0),
  end: z.int().min(0),
  level: z.int().min(0).exactOptional(),
  page: z.int().min(1).exactOptional(),
});

const keptSchema = z.object({
  extraction: z.literal(EXTRACTION),
  /** Name of the file in the corpus. */
  file: z.string(),
  /** SHA-256 of the file and of what is said beside it, hexadecimal. */
  key: z.string(),
  /** SHA-256 of the text, hexadecimal. */
  sha256: z.string(),
  metadata: z.object({
    id: z.string(),
    title: z.string(),
    shortTitle: z.string(),
    date: z.iso.date(),
    dated: z.enum(['said', 'text', 'properties', 'file']),
    language: z.string(),
    symbol: z.string().nullable(),
    body: z.string().nullable(),
  }),
  blocks: z.array(blockSchema),
});

/** What is kept of a file beside its text. */
export type Kept = z.infer<typeof keptSchema>;

/** What is kept of the files of a corpus, by id. What is of another version or damaged is as if it were not there. */
export async function readKept(directory: string): Promise<Map<string, Kept>> {
  const folder = path.join(directory, KEPT_FOLDER);
  const names = await readdir(folder).catch(() => []);
  const kept = new Map<string, Kept>();
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const id = name.slice(0, -'.json'.length);
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => 'null');
    const result = keptSchema.safeParse(parsed(text));
    if (result.success && result.data.metadata.id === id) kept.set(id, result.data);
  }
  return kept;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the text is as it was written. */
export async function isWhole(directory: string, { metadata, sha256 }: Kept): Promise<boolean> {
  const text = await readFile(textFile(directory, metadata.id)).catch(() => null);
  return text !== null && hashOf(text) === sha256;
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export function textFile(directory: string, id: string): string {
  return path.join(directory, KEPT_FOLDER, `${id}.txt`);
}

/**
 * The text first: what is there with its description is whole.
 *
 * @throws ParaciteError `corpus` where the folder cannot be written
 */
export async function keep(directory: string, kept: Kept, text: string): Promise<void> {
  const { id } = kept.metadata;
  const folder = path.join(directory, KEPT_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    await rm(path.join(folder, `${id}.json`), { force: true });
    await place(textFile(directory, id), text);
    await place(path.join(folder, `${id}.json`), JSON.stringify(kept));
  } catch (cause) {
    throw new ParaciteError(
      'corpus',
      `what is extracted cannot be written to ${folder}: ${messageOf(cause)}; make the folder writable, or set CORPUS_DIR`,
      { cause },
    );
  }
}

async function place(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

/** Takes away everything in the folder that belongs to no document of these ids. */
export async function forgetOthers(directory: string, ids: ReadonlySet<string>): Promise<void> {
  const folder = path.join(directory, KEPT_FOLDER);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const id = /^(.+)\.(?:txt|json)$/u.exec(name)?.[1];
    if (id !== undefined && !ids.has(id)) await rm(path.join(folder, name), { force: true });
  }
}
