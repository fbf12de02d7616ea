import { availableParallelism } from 'node:os';
import { sentencesOf } from '../chunk/index.js';
import { LocalEmbeddings } from '../embed/index.js';
import { readDocuments } from '../service.js';
import { type Line, timed } from './timing.js';

/** Texts encoded by each variant: long enough for the start of processes to say little. */
const TEXTS = 12_000;

/** How many sentences of the record a second one process encodes with one thread, and how many one process a core. */
export async function benchEncoding(corpusDirectory: string, cacheDirectory: string): Promise<Line[]> {
  const documents = await readDocuments(corpusDirectory);
  const sentences = documents.flatMap(({ paragraphs, metadata }) =>
    paragraphs.flatMap((paragraph) => sentencesOf(paragraph, metadata.language).map(({ text }) => text)),
  );
  const texts = Array.from({ length: TEXTS }, (_, i) => sentences[i % sentences.length] ?? '');
  const rate = async (processes: number) => {
    const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory, threads: 1, processes });
    const ms = await timed(() => embeddings.embedBatches(texts, () => undefined));
    await embeddings.close();
    return (1000 * texts.length) / ms;
  };
  const one = await rate(1);
  const cores = availableParallelism();
  const all = await rate(cores);
  return [
    { what: 'texts encoded by one process with one thread', value: one, unit: '/s' },
    {
      what: `texts encoded by ${cores} processes, their start included`,
      value: all,
      unit: '/s',
      ratio: all / one,
    },
  ];
}
