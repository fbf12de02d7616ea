import { describe, expect, it } from 'vitest';
import { labelOf, markOf, readCorpus } from '../../src/corpus/index.js';
import { temporaryFolder } from '../support/temporary.js';

async function read(name: string, content: string) {
  const { documents, problems } = await readCorpus(await temporaryFolder({ [name]: content }));
  expect(problems).toEqual([]);
  const [document] = documents;
  if (!document) throw new Error('nothing was read');
  return document;
}

const labels = async (name: string, content: string) =>
  (await read(name, content)).paragraphs.map((paragraph) => [
    paragraph.number,
    labelOf(paragraph),
    paragraph.wording.text,
  ]);

const sentences = ['The first point was made.', 'The second one followed.', 'Then came the third.'];

describe('numbered paragraphs', () => {
  it.each([
    ['12.', 'para. 12'],
    ['12)', 'para. 12'],
    ['(12)', 'para. 12'],
    ['[12]', 'para. 12'],
    ['§ 12', '§ 12'],
  ])('in the style %s keep their numbers, which stand outside the wording', async (style, label) => {
    const text = sentences
      .map((words, index) => `${style.replace('12', String(index + 12))} ${words}`)
      .join('\n\n');
    const found = await labels('notes.txt', `Notes\n\n${text}\n`);
    expect(found.slice(1)).toEqual(
      sentences.map((words, index) => [index + 12, label.replace('12', String(index + 12)), words]),
    );
  });

  it('in two parts are named by both, and get the place in order as the number of their address', async () => {
    const found = await labels(
      'notes.txt',
      '1. Opening\n\n1.1 The first point was made.\n\n1.2 The second one followed.\n\n2. Close\n\n2.1 Then came the third.\n',
    );
    expect(found).toEqual([
      [1, 'para. 1.1', sentences[0]],
      [2, 'para. 1.2', sentences[1]],
      [3, 'para. 2.1', sentences[2]],
    ]);
  });

  it('that begin anew in annexes are named with the annex, the main text without', async () => {
    const text =
      '# Rules\n\n## Main text\n\n1. The first point was made.\n2. The second one followed.\n\n## Annex I. Forms\n\n1. Then came the third.\n2. And a fourth.\n\n## Annex II\n\n1. And a fifth.\n2. And a sixth.\n';
    expect((await labels('rules.md', text)).slice(1).map(([number, label]) => [number, label])).toEqual([
      [1, 'para. 1'],
      [2, 'para. 2'],
      [3, 'annex I, para. 1'],
      [4, 'annex I, para. 2'],
      [5, 'annex II, para. 1'],
      [6, 'annex II, para. 2'],
    ]);
  });

  it('that begin anew in each article are named with the article', async () => {
    const text =
      'CHARTER\n\nArticle 1\n\n1. The first point was made.\n\n2. The second one followed.\n\nArticle 2\n\n1. Then came the third.\n\n2. And a fourth.\n';
    expect((await labels('charter.txt', text)).slice(1).map(([, label]) => label)).toEqual([
      'article 1, para. 1',
      'article 1, para. 2',
      'article 2, para. 1',
      'article 2, para. 2',
    ]);
  });

  it('keep a list inside, a year at the start of a line and text without a number', async () => {
    const text =
      'Notes\n\n1. The following was asked for:\n\n(a) more light;\n\n(b) less noise.\n\n2. It was said again in\n2023. Nobody disagreed.\n\nThat was noted.\n\n3. The end.\n';
    const { paragraphs } = await read('notes.txt', text);
    expect(paragraphs.slice(1).map(({ blocks }) => blocks.map(({ wording }) => wording.text))).toEqual([
      ['The following was asked for:', '(a) more light;', '(b) less noise.'],
      ['It was said again in 2023. Nobody disagreed.', 'That was noted.'],
      ['The end.'],
    ]);
  });
});

describe('paragraphs without numbers', () => {
  it('are named by their place in the text, with the page where there are pages', async () => {
    const text = `Notes\n\n${sentences[0]}\n\n${sentences[1]}\n\f${sentences[2]}\n`;
    const { paragraphs } = await read('notes.txt', text);
    expect(paragraphs.slice(1).map((one) => [labelOf(one), one.print?.page, markOf(one)])).toEqual([
      ['paragraph 1 of the text, p. 1', 1, '¶ 1'],
      ['paragraph 2 of the text, p. 1', 1, '¶ 2'],
      ['paragraph 3 of the text, p. 2', 2, '¶ 3'],
    ]);
  });

  it('keep a short numbered list as a list', async () => {
    const { paragraphs } = await read(
      'notes.md',
      '# Notes\n\nOne was said.\n\nTwo was said.\n\nThree was said:\n\n1. red\n2. blue\n\nFour was said.\n',
    );
    expect(paragraphs.slice(1).map(({ blocks }) => blocks.map(({ kind }) => kind))).toEqual([
      ['body'],
      ['body'],
      ['body', 'bullet', 'bullet'],
      ['body'],
    ]);
  });
});

describe('what a document says of itself', () => {
  it.each([
    [
      'a.md',
      '---\ntitle: Own\ndate: 2021-02-03\nlang: fr-CA\n---\n\nDu texte.\n',
      ['Own', '2021-02-03', 'fr-CA'],
    ],
    ['b.txt', 'Report\nVienna, 5 March 2019\n\nIt was so.\n', ['Report', '2019-03-05', 'und']],
    [
      'c.html',
      '<html lang="de"><title>Site</title><h1>Bericht</h1><p>Am 7. Mai 2018 war es so.</p>',
      ['Bericht', '2018-05-07', 'de'],
    ],
  ])('%s: title, date, language', async (name, content, [title, date, language]) => {
    expect((await read(name, content)).metadata).toMatchObject({ title, date, language });
  });

  it('is corrected by what is said beside it', async () => {
    const folder = await temporaryFolder({
      'Jahresbericht 2020.md': '# Bericht\n\nEs war so.\n',
      'Jahresbericht 2020.json': JSON.stringify({
        title: 'Annual report',
        date: '2021-01-31',
        symbol: 'R/1',
      }),
    });
    const { documents } = await readCorpus(folder);
    expect(documents[0]?.metadata).toMatchObject({
      id: 'jahresbericht-2020',
      title: 'Annual report',
      date: '2021-01-31',
      symbol: 'R/1',
    });
  });
});
