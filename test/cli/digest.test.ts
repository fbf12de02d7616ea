import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlainDigest } from '../../src/digest/index.js';
import { build } from '../support/build.js';
import { statementsIn } from '../support/digest.js';
import { docxParagraphs, markdownQuotations } from '../support/files.js';
import { type Finished, run } from '../support/program.js';
import { temporaryFolder } from '../support/temporary.js';

const TOPIC = 'climate change';

beforeAll(build);

async function paracite(args: readonly string[], folder?: string): Promise<Finished> {
  return run(['digest', ...args], {}, folder ?? (await temporaryFolder()));
}

async function asJson(args: readonly string[]): Promise<PlainDigest> {
  const { code, stdout, stderr } = await paracite([...args, '--format', 'json']);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as PlainDigest;
}

describe('paracite digest', () => {
  it('writes Markdown to the terminal', async () => {
    const { code, stdout, stderr } = await paracite(TOPIC.split(' '));
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^# Digest: climate change\n/u);
    expect(stdout).toContain('## 2021\n\nNo statement in 2021.\n');
    const quotes = statementsIn(await asJson([TOPIC])).map(({ quote }) => quote);
    expect(markdownQuotations(stdout)).toEqual(quotes);
  });

  it('is limited by year and section', async () => {
    const found = await asJson([TOPIC, '--year', '2022', '--year', '2024', '--section', 'prison']);
    expect(found.filters).toEqual({ documents: [], years: [2022, 2024], sections: ['prison'] });
    expect(statementsIn(found).map(({ paragraph }) => paragraph)).toEqual([72]);
  });

  it('writes a file whole, with the folders above it', async () => {
    const folder = await temporaryFolder();
    const file = path.join('out', 'climate.docx');
    const { code, stdout, stderr } = await paracite([TOPIC, '--format', 'docx', '--output', file], folder);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readdir(path.join(folder, 'out'))).toEqual(['climate.docx']);
    const paragraphs = docxParagraphs(await readFile(path.join(folder, file)));
    const quotes = statementsIn(await asJson([TOPIC])).map(({ quote }) => quote);
    expect(paragraphs.flatMap(({ style, text }) => (style === 'Quotation' ? text : []))).toEqual(quotes);
  });

  it.each([
    ['no topic', []],
    ['a format that there is not', [TOPIC, '--format', 'pdf']],
    ['a year that is none', [TOPIC, '--year', 'soon']],
    ['bytes for a terminal', [TOPIC, '--format', 'docx']],
    ['an option that there is not', [TOPIC, '--colour']],
  ])('refuses %s in one line', async (_, args) => {
    const { code, stdout, stderr } = await paracite(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^paracite: \S/u);
  });
});
