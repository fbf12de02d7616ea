import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblem, loadCorpus } from '../../src/corpus/index.js';
import { ParaciteError } from '../../src/errors.js';
import { temporaryFolder } from '../support/temporary.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

const TEXT = 'Notes of a meeting\n\n1. The first point was made.\n\n2. The second point was made.\n';
const METADATA = { id: 'bad', title: 'Notes', date: '2024-03-01', language: 'en' };
const GOOD: Files = {
  'good.txt': TEXT,
  'good.json': JSON.stringify({ ...METADATA, id: 'good' }),
  'good.questions.jsonl':
    '{"paragraph":2,"questions":["What came second?"],"unanswered":["Who came second?"]}\n',
};
const json = (changes: object) => JSON.stringify({ ...METADATA, ...changes }, null, 2);

/** Name, files of the document, file and line of the problem, what is said to be wrong, what to do. */
const BROKEN: readonly (readonly [string, Files, string, number, RegExp, RegExp])[] = [
  ['empty', { 'bad.txt': '' }, 'bad.txt', 1, /empty/, /put its text into the file or remove it/],
  ['only white space', { 'bad.txt': '\n \n\t\n' }, 'bad.txt', 1, /empty/, /put its text into the file/],
  [
    'not UTF-8 on its third line',
    { 'bad.txt': Buffer.concat([Buffer.from('Títle\n\n1. The fianc'), Buffer.of(0xe9), Buffer.from('.\n')]) },
    'bad.txt',
    3,
    /not valid UTF-8/,
    /save the file as UTF-8/,
  ],
  [
    'UTF-16',
    { 'bad.txt': Buffer.from(`\ufeff${TEXT}`, 'utf16le') },
    'bad.txt',
    1,
    /not valid UTF-8/,
    /save the file as UTF-8/,
  ],
  [
    'cut inside its last character',
    { 'bad.txt': Buffer.from(`${TEXT}3. Déjà`).subarray(0, -1) },
    'bad.txt',
    6,
    /not valid UTF-8/,
    /save the file as UTF-8/,
  ],
  [
    'without a numbered paragraph',
    { 'bad.txt': 'Notes\n\nThe first point was made.\n' },
    'bad.txt',
    1,
    /no numbered paragraph/,
    /number the paragraphs "1\.", "2\."/,
  ],
  [
    'numbered from 2',
    { 'bad.txt': '2. The second point was made.\n' },
    'bad.txt',
    1,
    /no numbered paragraph/,
    /number the paragraphs "1\."/,
  ],
  [
    'whose metadata are not JSON: a comma is missing on line 3',
    { 'bad.json': '{\n  "id": "bad",\n  "title": "Notes"\n  "date": "2024-03-01",\n  "language": "en"\n}\n' },
    'bad.json',
    4,
    /not valid JSON/,
    /expected ','/i,
  ],
  [
    'whose metadata are not JSON: a value without quotation marks on line 4',
    { 'bad.json': '{\n  "id": "bad",\n  "title": "Notes",\n  "date": march,\n  "language": "en"\n}\n' },
    'bad.json',
    4,
    /not valid JSON/,
    /unexpected token/i,
  ],
  [
    'whose metadata are not JSON: the end is missing on line 4',
    { 'bad.json': '{\n  "id": "bad",\n  "title": "Notes",\n  "date": ' },
    'bad.json',
    4,
    /not valid JSON/,
    /unexpected end/i,
  ],
  [
    'whose metadata are no object',
    { 'bad.json': '[]' },
    'bad.json',
    1,
    /metadata is wrong/,
    /expected object/,
  ],
  [
    'whose metadata have no title',
    { 'bad.json': json({ title: undefined }) },
    'bad.json',
    1,
    /metadata is wrong/,
    /expected string.*title/,
  ],
  [
    'whose metadata have a date of another form',
    { 'bad.json': json({ date: '1 March 2024' }) },
    'bad.json',
    1,
    /metadata is wrong/,
    /ISO date.*date/,
  ],
  [
    'whose id has other letters',
    { 'bad.json': json({ id: 'Bad!' }) },
    'bad.json',
    1,
    /metadata is wrong/,
    /lower-case letters, digits and hyphens.*id/,
  ],
  [
    'whose id is not the name of the file',
    { 'bad.json': json({ id: 'other' }) },
    'bad.json',
    1,
    /"id" is "other" but the file is named bad/,
    /make them the same/,
  ],
  [
    'with a line in the sidecar that is not JSON',
    { 'bad.questions.jsonl': '{"paragraph":1,"questions":["What came first?"]}\n\n{"paragraph":2,\n' },
    'bad.questions.jsonl',
    3,
    /not valid JSON/,
    /expected/i,
  ],
  [
    'with a line in the sidecar that has no questions',
    { 'bad.questions.jsonl': '{"paragraph":1,"questions":["What came first?"]}\n{"paragraph":2}\n' },
    'bad.questions.jsonl',
    2,
    /expected \{"paragraph", "questions"\}/,
    /expected array.*questions/,
  ],
  [
    'with an empty question in the sidecar',
    { 'bad.questions.jsonl': '{"paragraph":1,"questions":["  "]}\n' },
    'bad.questions.jsonl',
    1,
    /expected \{"paragraph", "questions"\}/,
    /questions\[0\]/,
  ],
  [
    'with a sidecar that names a missing paragraph',
    { 'bad.questions.jsonl': '{"paragraph":2,"questions":["?"]}\n{"paragraph":3,"questions":["?"]}\n' },
    'bad.questions.jsonl',
    2,
    /has no paragraph 3/,
    /correct the number/,
  ],
  [
    'with questions about front matter that it does not have',
    {
      'bad.txt': '1. The first point was made.\n',
      'bad.questions.jsonl': '{"paragraph":0,"questions":["Where was it?"]}\n',
    },
    'bad.questions.jsonl',
    1,
    /has no paragraph 0/,
    /correct the number/,
  ],
];

describe('loading a folder', () => {
  it('reads text, metadata and questions of every document, by id', async () => {
    const folder = await temporaryFolder({
      ...GOOD,
      'another.txt': TEXT,
      'another.json': json({ id: 'another' }),
    });
    const { documents, problems } = await loadCorpus(folder);
    expect(problems).toEqual([]);
    expect(documents.map(({ metadata }) => metadata.id)).toEqual(['another', 'good']);
    expect(documents[0]?.questions).toEqual([]);
    expect(documents[1]?.questions).toEqual([
      { paragraph: 2, questions: ['What came second?'], unanswered: ['Who came second?'] },
    ]);
    expect(documents[1]?.source).toBe(TEXT);
  });

  it('completes metadata: short title, symbol and body may be left out', async () => {
    const { documents } = await loadCorpus(await temporaryFolder(GOOD));
    expect(documents[0]?.metadata).toEqual({
      ...METADATA,
      id: 'good',
      shortTitle: 'Notes',
      symbol: null,
      body: null,
    });
  });

  it('gives a document another fingerprint when its text or its sidecar changes, and the hash of its file', async () => {
    const hashOf = async (files: Files) =>
      (await loadCorpus(await temporaryFolder(files))).documents[0]?.fingerprint;
    const hash = await hashOf(GOOD);
    expect(await hashOf(GOOD)).toBe(hash);
    expect(await hashOf({ ...GOOD, 'good.txt': `${TEXT}\n` })).not.toBe(hash);
    expect(await hashOf({ ...GOOD, 'good.questions.jsonl': '' })).not.toBe(hash);
    const [document] = (await loadCorpus(await temporaryFolder(GOOD))).documents;
    expect(document?.sha256).toBe(createHash('sha256').update(TEXT).digest('hex'));
  });

  it('reads a file with a byte order mark and Windows line ends, with offsets of the file as it is', async () => {
    const source = `\ufeff${TEXT.replaceAll('\n', '\r\n')}`;
    const { documents, problems } = await loadCorpus(await temporaryFolder({ ...GOOD, 'good.txt': source }));
    expect(problems).toEqual([]);
    expect(documents[0]?.source).toBe(source);
    expect(documents[0]?.paragraphs.map(({ wording }) => wording.text)).toEqual([
      'Notes of a meeting',
      'The first point was made.',
      'The second point was made.',
    ]);
    const start = documents[0]?.paragraphs[1]?.wording.runs[0]?.source ?? 0;
    expect(source.slice(start)).toMatch(/^The first point/);
  });
});

describe('a document that cannot be read', () => {
  it.each(BROKEN)('%s: file, line and remedy are told, the other document stays usable', async (...row) => {
    const [, files, file, line, wrong, remedy] = row;
    const folder = await temporaryFolder({ 'bad.txt': TEXT, 'bad.json': json({}), ...files, ...GOOD });
    const { documents, problems } = await loadCorpus(folder);
    expect(documents.map(({ metadata }) => metadata.id)).toEqual(['good']);
    expect(documents[0]?.paragraphs).toHaveLength(3);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    if (!problem) return;
    expect(problem.file).toBe(path.join(folder, file));
    expect(problem.message).toMatch(wrong);
    expect(problem.message).toMatch(remedy);
    expect(problem.message).not.toContain('\n');
    expect(problem.line).toBe(line);
    expect(describeProblem(problem)).toBe(`${problem.file}:${line}: ${problem.message}`);
  });

  it('without metadata: the file to write is named with what it needs', async () => {
    const folder = await temporaryFolder({ 'bad.txt': TEXT, ...GOOD });
    const { documents, problems } = await loadCorpus(folder);
    expect(documents).toHaveLength(1);
    expect(problems).toEqual([
      {
        file: path.join(folder, 'bad.json'),
        line: 1,
        message: expect.stringMatching(/no metadata for bad\.txt.*write.*id, title, date and language/),
      },
    ]);
  });

  it('a folder named like a document: told, the other document stays usable', async () => {
    const folder = await temporaryFolder({ 'bad.json': json({}), ...GOOD });
    await mkdir(path.join(folder, 'bad.txt'));
    const { documents, problems } = await loadCorpus(folder);
    expect(documents).toHaveLength(1);
    expect(problems).toEqual([
      { file: path.join(folder, 'bad.txt'), line: 1, message: expect.stringMatching(/cannot be read/) },
    ]);
  });

  it('each of several is told, and none but the good one is loaded', async () => {
    const folder = await temporaryFolder({
      'a.txt': TEXT,
      'b.txt': '',
      'b.json': json({ id: 'b' }),
      ...GOOD,
    });
    const { documents, problems } = await loadCorpus(folder);
    expect(documents).toHaveLength(1);
    expect(problems.map(({ file }) => path.basename(file))).toEqual(['a.json', 'b.txt']);
  });
});

describe('a folder that cannot be used', () => {
  it('is an error of the corpus where it is missing, with the setting to change', async () => {
    const folder = path.join(await temporaryFolder(), 'missing');
    const error = await loadCorpus(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParaciteError);
    expect(error).toMatchObject({ code: 'corpus', message: expect.stringMatching(/missing.*CORPUS_DIR/) });
  });

  it.each<[string, Files]>([
    ['empty', {}],
    ['without a text', { 'a.json': json({ id: 'a' }), 'notes.md': TEXT }],
  ])('is an error of the corpus where it is %s, with what to do', async (_, files) => {
    const error = await loadCorpus(await temporaryFolder(files)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParaciteError);
    expect(error).toMatchObject({
      code: 'corpus',
      message: expect.stringMatching(/no document.*put one there or set CORPUS_DIR/),
    });
  });

  it('that leaves out a number is told with the line that goes on after it', async () => {
    const text =
      '1. One point was made.\n\n2. Two points were made.\n\n4. Four points were made.\n\n5. Five points were made.\n';
    const { documents, problems } = await loadCorpus(
      await temporaryFolder({
        ...GOOD,
        'bad.txt': text,
        'bad.json': String(GOOD['good.json']).replace('"good"', '"bad"'),
      }),
    );
    expect(documents.map(({ metadata }) => metadata.id)).toEqual(['good']);
    expect(problems).toMatchObject([{ line: 5, message: expect.stringContaining('paragraph 3 is missing') }]);
  });

  it('that has a heading numbered like its first paragraph keeps both apart', async () => {
    const text = '1. 2021 discussions\n\n1. One point was made.\n\n2. Two points were made.\n';
    const { documents } = await loadCorpus(
      await temporaryFolder({ ...GOOD, 'good.txt': text, 'good.questions.jsonl': '' }),
    );
    expect(documents[0]?.paragraphs.map(({ number, year, wording }) => [number, year, wording.text])).toEqual(
      [
        [1, 2021, 'One point was made.'],
        [2, 2021, 'Two points were made.'],
      ],
    );
  });
});
