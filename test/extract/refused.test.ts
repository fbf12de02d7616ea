import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorpus } from '../../src/corpus/index.js';
import { openSandbox } from '../../src/extract/index.js';
import { printed, scanned } from '../support/print.js';
import { workspace } from '../support/small-corpus.js';
import { temporaryFolder } from '../support/temporary.js';
import { wordFile } from '../support/word.js';

const GOOD = '# Notes\n\nThe first point was made.\n';
const TEXT = [{ kind: 'text', text: 'The first point was made.' }] as const;
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A Word document with other parts than a word processor writes. */
function container(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync({
    '[Content_Types].xml': utf8('<Types/>'),
    'word/document.xml': utf8('<w:document xmlns:w="w"><w:body/></w:document>'),
    ...Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? utf8(part) : part]),
    ),
  });
}

/** A part that says that it is small, and inflates to much more. */
function lying(): Uint8Array {
  const bytes = Buffer.from(container({ 'word/document.xml': new Uint8Array(20_000_000) }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(20_000_000);
  for (let at = bytes.indexOf(size); at !== -1; at = bytes.indexOf(size, at)) bytes.writeUInt32LE(1000, at);
  return bytes;
}

const ENTITIES = `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`;

/** Name, what is in it, what is told. */
const BAD: readonly (readonly [string, () => Promise<string | Uint8Array> | string | Uint8Array, RegExp])[] =
  [
    ['encrypted.pdf', () => printed(TEXT, { password: 'x' }), /encrypted; save it without a password/],
    ['scan.pdf', () => scanned(2), /pictures of pages but no text; run text recognition/],
    ['cut.pdf', async () => (await printed(TEXT)).subarray(0, 300), /damaged/],
    ['macros.docm', () => container({}), /macros.*save it as a DOCX/],
    ['macros.docx', () => container({ 'word/vbaProject.bin': 'x' }), /holds macros/],
    ['bomb.docx', () => container({ 'word/document.xml': new Uint8Array(70_000_000) }), /once inflated/],
    ['lying-bomb.docx', lying, /damaged/],
    ['entities.docx', () => container({ 'word/document.xml': ENTITIES }), /defines entities/],
    ['not-xml.docx', () => container({ 'word/document.xml': '<w:document' }), /cannot be read|no text/],
    ['other.docx', () => zipSync({ 'a.txt': utf8('a') }), /not a Word document/],
    [
      'encrypted.docx',
      () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
      /encrypted or of the old Word format/,
    ],
    ['text.pdf', () => GOOD, /is no PDF, whatever its name says/],
    ['really.md', () => printed(TEXT), /is a PDF, whatever its name says/],
    ['zipped.txt', () => zipSync({ 'a.txt': utf8('a') }), /is a compressed file, whatever its name says/],
    ['old.doc', () => 'x', /old Word format; save it as a DOCX/],
    ['sheet.xlsx', () => 'x', /of a kind that is not read/],
    ['empty.txt', () => '', /is empty/],
    ['blank.html', () => '<html><body><script>1</script></body></html>', /has no text/],
    ['binary.txt', () => Uint8Array.of(1, 0, 2, 0, 255, 0), /no text but data/],
    ['latin1.md', () => Uint8Array.of(0x23, 0x0a, 0x66, 0xe9, 0x0a), /not valid UTF-8 \(line 2\)/],
    ['deep.html', () => '<div>'.repeat(5000), /has no text|nested too deeply/],
  ];

let folder: string;
let remove: () => Promise<void>;
let problems: ReadonlyMap<string, string>;

beforeAll(async () => {
  ({ folder, remove } = await workspace());
  await writeFile(path.join(folder, 'good.md'), GOOD);
  for (const [name, content] of BAD) await writeFile(path.join(folder, name), await content());
  await writeFile(path.join(folder, 'huge.txt'), '');
  await truncate(path.join(folder, 'huge.txt'), 500 * 1024 * 1024);
  await symlink('circle.txt', path.join(folder, 'circle.txt'));
  await symlink('gone.txt', path.join(folder, 'nowhere.txt'));
  await mkdir(path.join(folder, 'folder.md'));
  await promisify(execFile)('mkfifo', [path.join(folder, 'pipe.txt')]);
  const corpus = await readCorpus(folder);
  expect(corpus.documents.map(({ metadata }) => metadata.id)).toEqual(['good']);
  problems = new Map(corpus.problems.map(({ file, message }) => [path.basename(file), message]));
});

afterAll(() => remove?.());

describe('a file that cannot be read: one line, and the others stay usable', () => {
  it.each([
    ...BAD.map(([name, , told]) => [name, told] as const),
    ['huge.txt', /has 500 MB, more than the 50 MB that are read/] as const,
    ['circle.txt', /link that leads in a circle/] as const,
    ['nowhere.txt', /link that leads nowhere/] as const,
    ['folder.md', /is a folder/] as const,
    ['pipe.txt', /no file that could be read/] as const,
  ])('%s', (name, told) => {
    expect(problems.get(name)).toMatch(told);
    expect(problems.get(name)).not.toContain('\n');
  });

  it('each is told once, and nothing of it is kept', () => {
    expect(problems.size).toBe(BAD.length + 5);
  });

  it('one that goes away is not told any more', async () => {
    await rm(path.join(folder, 'scan.pdf'));
    const { problems: left } = await readCorpus(folder);
    expect(left.map(({ file }) => path.basename(file))).not.toContain('scan.pdf');
    expect(left).toHaveLength(BAD.length + 4);
  });
});

describe('a file that takes more than it may', () => {
  it('of time: it is given up, and the next is read by another process', async () => {
    const own = await temporaryFolder({ 'good.md': GOOD });
    const file = path.join(own, 'long.docx');
    await writeFile(file, await wordFile(Array.from({ length: 20_000 }, () => TEXT[0])));
    const sandbox = openSandbox({ timeMs: 150 });
    await expect(sandbox.extract(file)).rejects.toThrow(/takes more than 0.15 s/);
    sandbox.close();
    const other = openSandbox();
    expect((await other.extract(path.join(own, 'good.md'))).text).toContain('The first point');
    other.close();
  });

  it('of memory: its process ends, this one does not', async () => {
    const own = await temporaryFolder({ 'good.md': GOOD });
    const file = path.join(own, 'wide.html');
    await writeFile(file, '<p>a</p>'.repeat(400_000));
    const sandbox = openSandbox({ heapMb: 40 });
    await expect(sandbox.extract(file)).rejects.toThrow(/more memory/);
    expect((await sandbox.extract(path.join(own, 'good.md'))).text).toContain('The first point');
    sandbox.close();
  });
});
