import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DocumentInterface } from '@langchain/core/documents';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenRetriever, openRetriever, type PassageMetadata } from '../../src/langchain/index.js';
import { openApp, type TestApp } from '../support/app.js';
import { RECORD_ID, ROOT } from '../support/fixtures.js';
import { SETTINGS } from '../support/service.js';
import { paragraphShape } from '../support/shapes.js';
import { wordingAt } from '../support/verbatim.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';

let app: TestApp;
let opened: OpenRetriever;

beforeAll(async () => {
  app = await openApp();
  opened = await openRetriever({ limit: 4, baseUrl: 'https://record.example.org', settings: SETTINGS });
});

afterAll(async () => {
  await opened.close();
  await app.close();
});

function cited(documents: readonly DocumentInterface<PassageMetadata>[]): string {
  return documents
    .map(({ pageContent, metadata: { label, url } }) => `${label} (${url}): ${pageContent}`)
    .join('\n\n');
}

describe('the LangChain retriever', () => {
  it('finds what a search finds, and each document has its citation', async () => {
    const documents = await opened.retriever.invoke(QUESTION);
    const { results } = await app.search({ q: QUESTION, limit: 4 });
    expect(documents.map(({ metadata }) => metadata.paragraph)).toEqual(
      results.map(({ paragraph }) => paragraph),
    );
    const source = app.service.index.documents[0]?.source ?? '';
    for (const [at, { id, pageContent, metadata }] of documents.entries()) {
      const { document, paragraph, label, section, year, url } = results[at] ?? {};
      expect(metadata).toMatchObject({ document, paragraph, label, section, year });
      expect(metadata.title).toBe(app.service.index.documents[0]?.metadata.title);
      expect(metadata.url).toBe(`https://record.example.org${url}`);
      expect(id).toBe(`${RECORD_ID}#${paragraph}`);
      expect(wordingAt(source, metadata.spans)).toBe(pageContent);
      const response = await app.request(new URL(metadata.url).pathname);
      expect(paragraphShape.parse(await response.json())).toMatchObject({
        text: pageContent,
        spans: metadata.spans,
      });
    }
  });

  it('stands in a chain, up to the prompt of a model', async () => {
    const prompt = ChatPromptTemplate.fromMessages([
      ['system', 'Answer with words of these paragraphs only:\n\n{passages}'],
      ['human', '{question}'],
    ]);
    const chain = RunnableSequence.from([
      { passages: opened.retriever.pipe(cited), question: new RunnablePassthrough<string>() },
      prompt,
    ]);
    const [system, human] = (await chain.invoke(QUESTION)).toChatMessages();
    expect(human?.text).toBe(QUESTION);
    expect(system?.text).toMatch(
      /para\. 71 \(https:\/\/record\.example\.org\/v1\/documents\/\S+\/71\): .*overcrowding/u,
    );
    const all = await chain.batch([QUESTION, 'What was said about whistleblowers?']);
    expect(all).toHaveLength(2);
    expect(all[1]?.toString()).toMatch(/para\. \d+/u);
  });

  it('keeps to limits', async () => {
    const { retriever, close } = await openRetriever({
      limit: 6,
      filters: { years: [2024] },
      settings: SETTINGS,
    });
    const documents = await retriever.invoke('prison');
    await close();
    expect(documents).toHaveLength(6);
    expect(new Set(documents.map(({ metadata }) => metadata.year))).toEqual(new Set([2024]));
    expect(documents[0]?.metadata.url).toMatch(/^\/v1\/documents\//u);
  });

  it('says what is wrong with its settings', async () => {
    await expect(openRetriever({ settings: { ...SETTINGS, WORKERS: 'many' } })).rejects.toThrow(/WORKERS/u);
  });

  it('is what the package exports', async () => {
    const program = `
      import { openRetriever } from 'paracite/langchain';
      const { retriever, close } = await openRetriever({ limit: 1, settings: process.env });
      const [{ metadata }] = await retriever.invoke(${JSON.stringify(QUESTION)});
      console.log(metadata.label);
      await close();
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: ROOT, env: { ...process.env, ...SETTINGS } },
    );
    expect(stdout).toMatch(/^para\. 7\d\n$/u);
  });
});
