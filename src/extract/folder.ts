import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../errors.js';
import { EXTRACTION, forgetOthers, hashOf, isWhole, type Kept, keep, readKept } from './kept.js';
import { checkSize, kindOf } from './kinds.js';
import { metadataOf, type Overrides, overridesSchema, stemOf } from './metadata.js';
import { openSandbox, type Sandbox } from './sandbox.js';
import { UnreadableFile } from './types.js';

/** A file that is left out, and why. */
export interface RefusedFile {
  readonly file: string;
  readonly message: string;
}

export type FileProgress = (done: number, total: number) => void;

/** What other programs leave beside documents. */
const NO_DOCUMENT = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$)|~$/iu;
/** What is said beside documents. */
const BESIDE = /\.(?:json|jsonl)$/iu;
const MAX_ID = 80;

/**
 * Extracts every file of a corpus that is new or has changed, and forgets those that are gone. Texts with metadata beside
 * them (`<id>.txt` with `<id>.json`) are documents as they are.
 *
 * @returns the files that are left out
 * @throws ParaciteError `corpus` where what is extracted cannot be written
 */
export async function extractFolder(
  directory: string,
  progress: FileProgress = () => undefined,
): Promise<RefusedFile[]> {
  // A folder that cannot be read is told by who loads it.
  const names = (await readdir(directory).catch(() => [])).sort();
  const all = new Set(names);
  const files = names.filter((name) => !NO_DOCUMENT.test(name) && !BESIDE.test(name) && !isRecord(name, all));
  const before = await readKept(directory);
  const ids = idsOf(files, before, new Set(names.filter((name) => isRecord(name, all)).map(stemOf)));
  const refused: RefusedFile[] = [];
  const whole = new Set<string>();
  const sandbox = openSandbox();
  try {
    for (const [index, name] of files.entries()) {
      const id = ids.get(name) ?? '';
      try {
        await take(directory, name, id, before.get(id), sandbox);
        whole.add(id);
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        refused.push({ file: path.join(directory, name), message: error.message });
      }
      progress(index + 1, files.length);
    }
  } finally {
    sandbox.close();
  }
  await forgetOthers(directory, whole);
  return refused;
}

/** Whether a text is a document as it is: with its metadata beside it, or with questions, whose metadata are then missing. */
function isRecord(name: string, all: ReadonlySet<string>): boolean {
  const stem = name.slice(0, -'.txt'.length);
  return name.endsWith('.txt') && (all.has(`${stem}.json`) || all.has(`${stem}.questions.jsonl`));
}

/** @throws UnreadableFile where the file is left out */
async function take(
  directory: string,
  name: string,
  id: string,
  before: Kept | undefined,
  sandbox: Sandbox,
): Promise<void> {
  const file = path.join(directory, name);
  const { modified } = await inspect(file);
  const said = await overridesFor(directory, name);
  const key = await keyOf(file, said.text);
  if (before?.key === key && before.file === name && (await isWhole(directory, before))) return;
  const extracted = await sandbox.extract(file);
  const kept: Kept = {
    extraction: EXTRACTION,
    file: name,
    key,
    sha256: hashOf(extracted.text),
    metadata: metadataOf(id, name, extracted, said.overrides, modified),
    blocks: [...extracted.blocks],
  };
  await keep(directory, kept, extracted.text);
}

/**
 * What is told of a file before it is read.
 *
 * @returns the day on which it was changed, ISO 8601
 * @throws UnreadableFile where it is no file, of no kind that is read, empty or too large
 */
export async function inspect(file: string): Promise<{ readonly modified: string }> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw new UnreadableFile('is a link that leads in a circle; remove it');
    if (error.code === 'ENOENT')
      throw new UnreadableFile('is not there, or a link that leads nowhere; remove it');
    throw new UnreadableFile(`cannot be read: ${messageOf(error)}`);
  });
  if (found.isDirectory()) throw new UnreadableFile('is a folder; put its files into the corpus themselves');
  if (!found.isFile()) throw new UnreadableFile('is no file that could be read; remove it');
  kindOf(file);
  checkSize(found.size);
  return { modified: found.mtime.toISOString().slice(0, 10) };
}

async function overridesFor(
  directory: string,
  name: string,
): Promise<{ readonly text: string; readonly overrides: Overrides }> {
  const beside = `${stemOf(name)}.json`;
  const text = await readFile(path.join(directory, beside), 'utf8').catch(() => '');
  if (text === '') return { text, overrides: {} };
  try {
    return { text, overrides: overridesSchema.parse(JSON.parse(text)) };
  } catch (error) {
    throw new UnreadableFile(`has wrong metadata beside it in ${beside}: ${messageOf(error).slice(0, 300)}`);
  }
}

async function keyOf(file: string, said: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new UnreadableFile(`cannot be read: ${messageOf(error)}`);
  }
  return hash.update('\0').update(said).digest('hex');
}

/** An id for each file: the one that it has, or one made from its name that no other has. */
function idsOf(
  names: readonly string[],
  before: ReadonlyMap<string, Kept>,
  taken: ReadonlySet<string>,
): Map<string, string> {
  const ids = new Map<string, string>();
  const used = new Set(taken);
  const present = new Set(names);
  for (const [id, { file }] of before) {
    if (!present.has(file) || used.has(id)) continue;
    ids.set(file, id);
    used.add(id);
  }
  for (const name of names) {
    if (ids.has(name)) continue;
    const slug = slugOf(stemOf(name));
    const choices = [slug, `${slug}-${slugOf(path.extname(name).slice(1))}`];
    let id = choices.find((choice) => !used.has(choice));
    for (let number = 2; id === undefined; number += 1) {
      if (!used.has(`${slug}-${number}`)) id = `${slug}-${number}`;
    }
    ids.set(name, id);
    used.add(id);
  }
  return ids;
}

/** Lower-case letters, digits and hyphens: what an id is made of. */
function slugOf(stem: string): string {
  const slug = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, MAX_ID)
    .replace(/^-+|-+$/gu, '');
  return slug === '' ? `document-${createHash('sha256').update(stem).digest('hex').slice(0, 8)}` : slug;
}
