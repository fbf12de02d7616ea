import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chaptersOf, fileNameOf, type PlainDigest, written } from '../../src/digest/index.js';
import { inProcess, type Responder } from '../../src/response/index.js';
import type { Service } from '../../src/service.js';
import { about, statementsIn } from '../support/digest.js';
import { csvRows, docxParagraphs, markdownQuotations, unescaped } from '../support/files.js';
import { openService } from '../support/service.js';

const TOPICS = ['restorative justice', 'sport', 'fraud', 'electronic evidence', 'penguins'];

/** Topics that a format could take for something else. */
const HOSTILE = [
  '=HYPERLINK("http://example.org","corruption")',
  '+corruption',
  '-2+3 corruption',
  '@SUM(corruption)',
  '  =corruption',
  '\t=corruption',
  '＝corruption',
  '# corruption #',
  '[corruption](javascript:alert(1)) ![x](http://example.org/x.png)',
  '<script>alert("corruption")</script> & <b>',
  '`corruption` *a* _b_ ~c~ | d | www.example.org a@example.org',
  '1. corruption',
  'corruption\r\n\r\n## Forged heading\r\n> forged quotation',
  'corruption "a","b"\r\nforged,row',
  'corruption \u0000\u0001\u001b\uffff',
  `corruption ${'x'.repeat(1985)}`,
];

let service: Service;
let responder: Responder;

beforeAll(async () => {
  service = await openService();
  responder = inProcess(service);
});

afterAll(() => service.close());

function quotes(digest: PlainDigest): string[] {
  return statementsIn(digest).map(({ quote }) => quote);
}

async function text(digest: PlainDigest, format: 'json' | 'markdown' | 'csv'): Promise<string> {
  const file = await written(digest, format);
  if (typeof file !== 'string') throw new Error('no text');
  return file;
}

async function docx(digest: PlainDigest) {
  const file = await written(digest, 'docx');
  if (typeof file === 'string') throw new Error('no bytes');
  return docxParagraphs(file);
}

/** Some digest with another topic: the formats do not look at what belongs to it. */
async function under(topic: string): Promise<PlainDigest> {
  return { ...(await responder.digest(about('corruption'))), topic };
}

describe.each(TOPICS)('a digest as a file: %s', (topic) => {
  let digest: PlainDigest;

  beforeAll(async () => {
    digest = await responder.digest(about(topic));
  });

  it('is the digest itself as JSON', async () => {
    expect(JSON.parse(await text(digest, 'json'))).toEqual(digest);
  });

  it('has its quotations in Markdown, under the years and sections', async () => {
    const file = await text(digest, 'markdown');
    const quoted = statementsIn(digest).flatMap(({ leadIn, quote }) => [
      ...(leadIn ? [leadIn.quote] : []),
      quote,
    ]);
    expect(markdownQuotations(file)).toEqual(quoted);
    const headings = file.split('\n').filter((line) => /^#{2,3} /u.test(line));
    const expected = chaptersOf(digest).flatMap(({ title, sections }) => [
      `## ${title}`,
      ...sections.map(({ section }) => `### ${section.at(-1)}`),
    ]);
    expect(headings.map(unescaped)).toEqual(expected);
    for (const { label } of statementsIn(digest)) expect(unescaped(file)).toContain(`— ${label} ›`);
    for (const year of digest.silentYears) expect(file).toContain(`## ${year}\n\nNo statement in ${year}.\n`);
  });

  it('has a row for each quotation and each silent year in CSV', async () => {
    const rows = csvRows(await text(digest, 'csv'));
    const quoted = rows.filter(({ quotation }) => quotation !== '');
    expect(quoted.map(({ quotation }) => quotation)).toEqual(quotes(digest));
    expect(quoted.map(({ url }) => url)).toEqual(statementsIn(digest).map(({ url }) => url));
    expect(new Set(rows.map((row) => row.topic))).toEqual(new Set([topic]));
    const notes = rows.flatMap(({ note }) => (note?.startsWith('No statement') ? [note] : []));
    expect(notes).toEqual(digest.silentYears.map((year) => `No statement in ${year}.`));
  });

  it('has its quotations in DOCX, in a style of their own, and the counts in tables', async () => {
    const paragraphs = await docx(digest);
    const styled = (style: string) => paragraphs.filter((one) => one.style === style).map((one) => one.text);
    expect(styled('Quotation')).toEqual(quotes(digest));
    expect(styled('Title')).toEqual([`Digest: ${topic}`]);
    expect(styled('Heading1').slice(2)).toEqual(chaptersOf(digest).map(({ title }) => title));
    expect(styled('Citation')).toHaveLength(quotes(digest).length);
    for (const { part } of digest.counts.parts) {
      expect(styled('')).toContain(part ?? 'Without a heading');
    }
  });
});

describe.each(HOSTILE)('a hostile topic: %j', (topic) => {
  it('opens no formula and no row in CSV', async () => {
    const digest = await under(topic);
    const file = await text(digest, 'csv');
    const rows = csvRows(file);
    const cells = rows.flatMap((row) => Object.values(row));
    for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
    expect(new Set(rows.map((row) => row.topic?.replace(/^'/u, '')))).toEqual(new Set([topic]));
    expect(rows.filter(({ quotation }) => quotation !== '')).toHaveLength(quotes(digest).length);
  });

  it('is no mark-up in Markdown', async () => {
    const file = await text(await under(topic), 'markdown');
    const plain = await text(await under('corruption'), 'markdown');
    const [title, ...rest] = file.split('\n');
    expect(rest).toEqual(plain.split('\n').slice(1));
    expect(unescaped(title ?? '')).toBe(`# Digest: ${topic.replace(/[\t\r\n]+/gu, ' ')}`);
    const bare = (title ?? '').slice(2).replace(/\\[!-/:-@[-`{-~]/gu, '');
    expect(bare).not.toMatch(/[[\]<>`*_~|#&$@]|:\/\/|www\./u);
  });

  it('is only words in DOCX', async () => {
    const [title] = await docx(await under(topic));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
    const holdable = topic.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '');
    expect(title).toEqual({ style: 'Title', text: `Digest: ${holdable}` });
  });

  it('gives a name that is safe for a file', async () => {
    expect(fileNameOf(await under(topic), 'docx')).toMatch(/^digest-[a-z0-9][a-z0-9-]{0,59}\.docx$/u);
  });
});

it('the name of a file is plain where the topic has no letter of it', async () => {
  const digest = await under('../../правосудие');
  expect(fileNameOf(digest, 'markdown')).toBe('digest.md');
  expect(fileNameOf({ ...digest, topic: 'Children & Youth: é' }, 'csv')).toBe('digest-children-youth-e.csv');
});

it('a quotation that looks like a formula is kept behind an apostrophe, the others as they are', async () => {
  const digest = await under('corruption');
  const [year] = digest.years;
  const [section] = year?.sections ?? [];
  const [said] = section?.quotations ?? [];
  if (!year || !section || !said) throw new Error('no quotation');
  const quotations = [{ ...said, quote: '-1 = "no"' }, said];
  const changed = { ...digest, years: [{ ...year, sections: [{ ...section, quotations }] }] };
  const rows = csvRows(await text(changed, 'csv')).filter(({ quotation }) => quotation !== '');
  expect(rows.map(({ quotation }) => quotation)).toEqual(['\'-1 = "no"', said.quote]);
});
