import { loadCorpus, type RecordDocument } from '../corpus/index.js';
import { verify, verifyDraft } from '../verify/index.js';
import { type Line, quantile, timed } from './timing.js';

/** Words of a draft of twenty pages. */
const DRAFT_WORDS = 10_000;
const ROUNDS = 5;

/** What it takes to check a sentence, as it stands and with a word changed, and a draft of twenty pages. */
export async function benchVerifying(corpus: string): Promise<Line[]> {
  const { documents } = await loadCorpus(corpus);
  const sentences = sentencesOf(documents);
  // The index of words is made by the first.
  const first = await timed(() => verify(documents, { quote: sentences[0] ?? '', paragraph: null }));
  const times = async (change: (sentence: string) => string) => {
    const all: number[] = [];
    for (const sentence of sentences)
      all.push(await timed(() => verify(documents, { quote: change(sentence), paragraph: null })));
    return all;
  };
  const verbatim = await times((sentence) => sentence);
  const altered = await times((sentence) => sentence.replace(/\b(?:the|of|to|and)\b/u, 'never'));
  const draft = draftOf(sentences);
  const drafts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    drafts.push(await timed(() => verifyDraft(documents, { text: draft, paragraph: null })));
  return [
    { what: 'the first quotation of a process', value: first, unit: 'ms' },
    { what: 'a verbatim sentence, p50', value: quantile(verbatim, 0.5), unit: 'ms' },
    { what: 'a verbatim sentence, p99', value: quantile(verbatim, 0.99), unit: 'ms' },
    { what: 'a sentence with a word changed, p50', value: quantile(altered, 0.5), unit: 'ms' },
    { what: 'a sentence with a word changed, p99', value: quantile(altered, 0.99), unit: 'ms' },
    { what: `a draft of ${DRAFT_WORDS} words, p50`, value: quantile(drafts, 0.5), unit: 'ms' },
  ];
}

function sentencesOf(documents: readonly RecordDocument[]): string[] {
  return documents.flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ wording }) =>
      wording.text.split(/(?<=[.;])\s+/u).filter((text) => text.length > 40),
    ),
  );
}

/** Prose in which every other sentence quotes the record. */
function draftOf(sentences: readonly string[]): string {
  const parts: string[] = [];
  let words = 0;
  for (let i = 0; words < DRAFT_WORDS; i += 1) {
    const sentence = sentences[(i * 7) % sentences.length] ?? '';
    parts.push(
      `The delegation recalled what was said earlier. As noted in paragraph ${(i % 160) + 1}, “${sentence}”`,
    );
    words += sentence.split(/\s+/u).length + 12;
  }
  return parts.join('\n\n');
}
