import type { Config } from '../config.js';
import { describeProblem, loadCorpus } from '../corpus/index.js';
import { LocalEmbeddings } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import { buildIndex, withoutQuestions } from '../index/index.js';
import { progressBar } from './progress.js';

/** `paracite index`: builds the index whether or not there is one. */
export async function indexCommand(config: Config): Promise<number> {
  const { documents, problems } = await loadCorpus(config.corpusDirectory);
  for (const problem of problems) console.error(`left out: ${describeProblem(problem)}`);
  if (documents.length === 0)
    throw new ParaciteError('corpus', 'no document can be read; see the problems above');
  const bar = progressBar();
  const started = performance.now();
  try {
    const embeddings = await LocalEmbeddings.open({
      name: config.embeddingModel,
      cacheDirectory: config.modelCacheDirectory,
      progress: bar.progress,
    });
    const { manifest, texts } = await buildIndex(config.indexDirectory, documents, embeddings, bar.progress);
    await embeddings.close();
    bar.stop();
    const { paragraphs, chunks, questions } = manifest.counts;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `index ${manifest.identity}: ${documents.length} document(s), ${paragraphs} paragraphs, ${chunks} chunks, ${questions} questions in ${seconds} s`,
    );
    console.log(`${texts.embedded} text(s) encoded, ${texts.reused} stored before`);
  } finally {
    bar.stop();
  }
  const bare = withoutQuestions(documents).length;
  if (bare > 0)
    console.log(`${bare} paragraph(s) have no questions in a sidecar; DESIGN.md says what they are worth`);
  return problems.length > 0 ? 1 : 0;
}
