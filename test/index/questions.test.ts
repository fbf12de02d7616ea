import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../../src/answer/index.js';
import type { RecordDocument } from '../../src/corpus/index.js';
import type { SearchIndex } from '../../src/index/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import type { Service } from '../../src/service.js';
import { openService } from '../support/service.js';
import { ONLY_ASKED, SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';
import { joined, withoutMarks } from '../support/source.js';

const question = (text: string, documents: readonly string[] = []): Question => ({
  text,
  limit: 8,
  filters: { ...NO_FILTERS, documents },
  scope: true,
});

/** Lines of a sidecar with the paragraph that they are about. */
const ASKED = (SMALL_CORPUS['prisons.questions.jsonl'] ?? '')
  .split('\n')
  .map((line) => JSON.parse(line) as { paragraph: number; questions: string[] })
  .flatMap(({ paragraph, questions }) => questions.map((text) => ({ paragraph, text })));

let space: Awaited<ReturnType<typeof workspace>>;
let service: Service<SearchIndex>;
let documents: readonly RecordDocument[];
beforeAll(async () => {
  space = await workspace();
  const corpusDirectory = path.join(space.folder, 'corpus');
  documents = await smallCorpus(corpusDirectory);
  // Everything is answered, so that there is always something to quote.
  const indexDirectory = path.join(space.folder, 'index');
  service = await openService({ corpusDirectory, indexDirectory, abstainThreshold: 0 });
});
afterAll(async () => {
  await service.close();
  await space.remove();
});

/** Everything of an answer that is shown. */
async function quoted(text: string, of: readonly string[] = []) {
  const answer = await service.ask(question(text, of));
  const quotations = answer.citations.flatMap((citation) =>
    citation.leadIn ? [citation, citation.leadIn] : [citation],
  );
  return { answer, quotations };
}

describe('questions of a sidecar', () => {
  it('are in the index, with the paragraph that they are about', () => {
    const { questions, paragraphs } = service.index;
    const found = [...questions.entries()].map(({ text, paragraph }) => ({
      document: paragraphs[paragraph]?.document.metadata.id,
      paragraph: paragraphs[paragraph]?.paragraph.number,
      text,
    }));
    expect(found).toEqual(ASKED.map((asked) => ({ document: 'prisons', ...asked })));
    expect(service.index.manifest.counts.questions).toBe(ASKED.length);
  });

  it('say how near each sentence of their paragraph is, 0 to 1', () => {
    for (const { paragraph, affinities } of service.index.questions.entries()) {
      expect(affinities).toHaveLength(service.index.sentencesOf(paragraph).length);
      for (const affinity of affinities) {
        expect(affinity).toBeGreaterThanOrEqual(0);
        expect(affinity).toBeLessThanOrEqual(1);
      }
    }
  });

  it('lead to their paragraph by words that only they have', async () => {
    for (const [index, word] of ONLY_ASKED.entries()) {
      const { answer } = await quoted(`What about a ${word}?`, ['prisons']);
      const [best] = answer.passages;
      expect([best?.document.metadata.id, best?.paragraph.number]).toEqual(['prisons', index + 1]);
    }
  });

  it('lead to their paragraph when they are asked word by word', async () => {
    for (const { text, paragraph } of ASKED) {
      const { answer } = await quoted(text, ['prisons']);
      expect(answer.passages[0]?.paragraph.number, text).toBe(paragraph);
    }
  });

  it('lead to their paragraph when they are asked word by word, also beside a document without questions', async () => {
    for (const { text, paragraph } of ASKED) {
      const { answer } = await quoted(text);
      const [best] = answer.passages;
      expect([best?.document.metadata.id, best?.paragraph.number], text).toEqual(['prisons', paragraph]);
    }
  });

  it('are never in chunks, sentences or the wording of a paragraph', () => {
    const { chunks, sentencesOf, paragraphs } = service.index;
    const texts = [
      ...[...chunks.entries()].map(({ text }) => text),
      ...paragraphs.flatMap((_, ordinal) => sentencesOf(ordinal).map(({ text }) => text)),
      ...paragraphs.map(({ paragraph }) => paragraph.wording.text),
    ];
    for (const word of ONLY_ASKED) expect(texts.filter((text) => text.includes(word))).toEqual([]);
  });

  it('are never in quotations, nor in the answer, not even where they are asked word by word', async () => {
    for (const { text } of [...ASKED, ...ONLY_ASKED.map((word) => ({ text: `What about a ${word}?` }))]) {
      const { answer, quotations } = await quoted(text);
      expect(quotations.length, text).toBeGreaterThan(0);
      for (const shown of [answer.text ?? '', ...quotations.map(({ quote }) => quote)]) {
        for (const word of ONLY_ASKED) expect(shown).not.toContain(word);
        for (const asked of ASKED) expect(shown).not.toContain(asked.text);
      }
    }
  });

  it('only point: what is quoted stands in the source, at its spans', async () => {
    for (const { text } of ASKED) {
      const { answer } = await quoted(text);
      for (const { quote, spans, leadIn, passage } of answer.citations) {
        expect(withoutMarks(joined(passage.document.source, spans))).toBe(quote);
        if (!leadIn) continue;
        expect(withoutMarks(joined(passage.document.source, leadIn.spans))).toBe(leadIn.quote);
      }
    }
  });

  it('of the record are in the index too, and none of its quotations has one', async () => {
    const real = await openService({ abstainThreshold: 0 });
    const { questions, manifest } = real.index;
    const source = real.index.documents.map((document) => document.source).join('\n');
    const asked = real.index.documents.flatMap((document) =>
      document.questions.flatMap((line) => line.questions),
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(manifest.counts.questions).toBe(asked.length);
    expect([...questions.entries()].map(({ text }) => text).sort()).toEqual([...asked].sort());
    // A few are made of words that the record has too.
    const wording = withoutMarks(source);
    const own = [...questions.entries()].filter(({ text }) => !wording.includes(text));
    expect(own.length).toBeGreaterThan(questions.size / 2);
    const step = Math.ceil(own.length / 40);
    for (const { text } of own.filter((_, position) => position % step === 0)) {
      const { citations } = await real.ask(question(text));
      expect(citations.length).toBeGreaterThan(0);
      for (const { quote, spans, passage } of citations) {
        expect(quote.includes(text)).toBe(false);
        expect(withoutMarks(joined(passage.document.source, spans))).toBe(quote);
      }
    }
    await real.close();
  });

  it('do not change the documents that they belong to', () => {
    expect(service.index.documents.map(({ source }) => source)).toEqual(
      documents.map(({ source }) => source),
    );
  });
});
