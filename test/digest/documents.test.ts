import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { written } from '../../src/digest/index.js';
import { inProcess, type Responder } from '../../src/response/index.js';
import type { Service } from '../../src/service.js';
import { about, statementsIn } from '../support/digest.js';
import { docxParagraphs } from '../support/files.js';
import { openService } from '../support/service.js';
import { smallCorpus, workspace } from '../support/small-corpus.js';

/** Says once more, without a year, what the notes on prisons say of 2022. */
const REVIEW = `Review

1. Speakers said that overcrowding was the main obstacle to humane prisons (2022).

2. Speakers said that overcrowding was the main obstacle to humane prisons (2019).
`;

let service: Service;
let responder: Responder;
let remove: () => Promise<void>;

beforeAll(async () => {
  const { folder, ...rest } = await workspace();
  remove = rest.remove;
  const corpus = path.join(folder, 'corpus');
  await smallCorpus(corpus, {
    'review.txt': REVIEW,
    'review.json': JSON.stringify({ id: 'review', title: 'Review', date: '2024-06-01', language: 'en' }),
  });
  service = await openService({
    corpusDirectory: corpus,
    indexDirectory: path.join(folder, 'index'),
    abstainThreshold: 0,
  });
  responder = inProcess(service);
});

afterAll(async () => {
  await service.close();
  await remove();
});

describe('a digest of several documents', () => {
  it('folds over documents, but not what is said of another year', async () => {
    const statements = statementsIn(await responder.digest(about('overcrowding')));
    const places = statements.map(({ document, paragraph }) => [document, paragraph]);
    expect(places).toEqual([
      ['prisons', 1],
      ['review', 2],
    ]);
    expect(statements[0]?.alsoIn).toMatchObject([{ document: 'review', paragraph: 1, year: null }]);
  });

  it('names the document of each quotation, in every format', async () => {
    const digest = await responder.digest(about('overcrowding'));
    expect(await written(digest, 'markdown')).toContain('— para. 1 of Prisons ›');
    expect(await written(digest, 'markdown')).toContain('Also in para. 1 of Review.');
    expect(await written(digest, 'csv')).toContain('Also in para. 1 of Review.');
    const docx = await written(digest, 'docx');
    if (typeof docx === 'string') throw new Error('no bytes');
    const citations = docxParagraphs(docx).filter(({ style }) => style === 'Citation');
    expect(citations.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^para\. 1 of Prisons ›.*Also in para\. 1 of Review\.$/u),
      expect.stringMatching(/^para\. 2 of Review/u),
    ]);
  });

  it('counts the parts of each document, and only of those that are asked for', async () => {
    const all = await responder.digest(about('overcrowding'));
    expect(new Set(all.counts.parts.map(({ document }) => document))).toEqual(
      new Set(['crime-online', 'prisons', 'review']),
    );
    const one = await responder.digest(about('overcrowding', { documents: ['review'] }));
    expect(await written(all, 'markdown')).toContain('| Without a heading of Review | 2 |');
    expect(one.documents.map(({ id }) => id)).toEqual(['review']);
    expect(one.counts.parts).toEqual([{ document: 'review', part: null, paragraphs: 2 }]);
    expect(one.counts.years, 'no year is said to be silent where no heading names one').toEqual([
      { year: null, paragraphs: 2 },
    ]);
    expect(one.silentYears).toEqual([]);
  });
});
