import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Config, HERE } from '../config.js';
import { readCorpus } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import { inspect, openSandbox, type Sandbox, UnreadableFile } from '../extract/index.js';

/**
 * `paracite add FILE...`: puts files into the corpus that can be read, and says what was made of each. One that cannot be
 * read gets a line and harms no other. False where there is one.
 */
export async function addCommand(config: Config, files: readonly string[]): Promise<boolean> {
  if (files.length === 0) throw new ParaciteError('bad_request', 'add needs at least one file');
  // Nothing is put into the record that comes with Paracite: a corpus begins here.
  const directory = config.shipped ? HERE.CORPUS_DIR : config.corpusDirectory;
  await mkdir(directory, { recursive: true });
  const sandbox = openSandbox();
  const added: string[] = [];
  try {
    for (const file of files) {
      try {
        await add(directory, file, sandbox);
        added.push(path.basename(file));
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        console.error(`left out: ${file}: ${error.message}`);
      }
    }
  } finally {
    sandbox.close();
  }
  if (added.length > 0) await tell(directory, new Set(added));
  return added.length === files.length;
}

/** @throws UnreadableFile where it cannot be read */
async function add(directory: string, file: string, sandbox: Sandbox): Promise<void> {
  await inspect(file);
  await sandbox.extract(path.resolve(file));
  const target = path.join(directory, path.basename(file));
  const [from, to] = await Promise.all([stat(file), stat(target).catch(() => null)]);
  if (to !== null && from.dev === to.dev && from.ino === to.ino) return;
  const temporary = path.join(directory, `.${path.basename(file)}.new`);
  try {
    await copyFile(file, temporary);
    await rename(temporary, target);
  } catch (error) {
    throw new UnreadableFile(`cannot be copied to ${directory}: ${messageOf(error)}`);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function tell(directory: string, names: ReadonlySet<string>): Promise<void> {
  const { documents } = await readCorpus(directory);
  for (const { file, metadata, paragraphs } of documents) {
    if (file === undefined || !names.has(file)) continue;
    const count = paragraphs.filter(({ number }) => number > 0).length;
    console.log(
      `${file}: “${metadata.title}”, ${count} paragraph(s), ${metadata.date}, ${metadata.language}; its id is ${metadata.id}`,
    );
  }
  console.log('The next start, or npm run index, takes it into the index.');
}
