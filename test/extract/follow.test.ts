import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../src/corpus/index.js';
import { temporaryFolder } from '../support/temporary.js';

const text = (word: string) => `# Notes on ${word}\n\nSomething was said about ${word}.\n`;

describe('a folder that changes', () => {
  it('is followed: changed files are read anew, others are as they were, what is gone is forgotten', async () => {
    const folder = await temporaryFolder({ 'One.md': text('one'), 'two.md': text('two') });
    const before = (await readCorpus(folder)).documents;
    expect(before.map(({ metadata }) => metadata.id)).toEqual(['one', 'two']);
    await writeFile(path.join(folder, 'One.md'), text('unity'));
    const changed = (await readCorpus(folder)).documents;
    expect(changed[0]?.source).toContain('unity');
    expect(changed[0]?.fingerprint).not.toBe(before[0]?.fingerprint);
    expect(changed[1]?.fingerprint).toBe(before[1]?.fingerprint);
    await rm(path.join(folder, 'One.md'));
    expect((await readCorpus(folder)).documents.map(({ metadata }) => metadata.id)).toEqual(['two']);
    expect((await readdir(path.join(folder, '.extracted'))).sort()).toEqual(['two.json', 'two.txt']);
  });

  it('does not go on with what a file said before it could not be read any more', async () => {
    const folder = await temporaryFolder({ 'one.md': text('one'), 'two.md': text('two') });
    await readCorpus(folder);
    await writeFile(path.join(folder, 'one.md'), '');
    const { documents, problems } = await readCorpus(folder);
    expect(documents.map(({ metadata }) => metadata.id)).toEqual(['two']);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/is empty/)]);
  });

  it('keeps the ids of what is there when a file of the same name comes', async () => {
    const folder = await temporaryFolder({ 'report.txt': 'Report\n\nIt was so.\n' });
    await readCorpus(folder);
    await writeFile(path.join(folder, 'report.md'), text('another'));
    const { documents } = await readCorpus(folder);
    expect(documents.map(({ file, metadata }) => [file, metadata.id])).toEqual([
      ['report.txt', 'report'],
      ['report.md', 'report-md'],
    ]);
  });

  it('reads what is kept again where it was damaged', async () => {
    const folder = await temporaryFolder({ 'one.md': text('one') });
    const [before] = (await readCorpus(folder)).documents;
    await writeFile(path.join(folder, '.extracted/one.json'), '{');
    expect((await readCorpus(folder)).documents[0]?.fingerprint).toBe(before?.fingerprint);
    await writeFile(path.join(folder, '.extracted/one.txt'), 'Something else was said.');
    expect((await readCorpus(folder)).documents[0]?.source).toBe(before?.source);
  });
});
