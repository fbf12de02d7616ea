import type { Config } from '../config.js';
import { describeProblem, type RecordDocument, readCorpus } from '../corpus/index.js';
import { encodingProcesses, LocalEmbeddings, type Progress } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import { type Built, buildIndex, inspectIndex, withoutQuestions } from '../index/index.js';
import { PostgresStore } from '../postgres/index.js';
import { EXIT } from './commands.js';
import { progressBar } from './progress.js';

async function corpusOf(directory: string) {
  const corpus = await readCorpus(directory);
  for (const problem of corpus.problems) console.error(`left out: ${describeProblem(problem)}`);
  if (corpus.documents.length === 0)
    throw new ParaciteError('corpus', 'no document can be read; see the problems above');
  return corpus;
}

/** `paracite index`: builds the index whether or not there is one. */
export async function indexCommand(config: Config): Promise<number> {
  const { documents, problems } = await corpusOf(config.corpusDirectory);
  const bar = progressBar();
  const started = performance.now();
  try {
    const embeddings = await LocalEmbeddings.open({
      name: config.embeddingModel,
      cacheDirectory: config.modelCacheDirectory,
      processes: encodingProcesses(config),
      progress: bar.progress,
    });
    const { manifest, texts } = await build(config, documents, embeddings, bar.progress);
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
  return problems.length > 0 ? EXIT.failed : EXIT.well;
}

/** `paracite index --verify`: says what is wrong with the index on disk, a line each, and changes nothing. */
export async function verifyIndexCommand(config: Config): Promise<number> {
  if (config.indexUrl !== undefined)
    throw new ParaciteError(
      'bad_request',
      '--verify checks a folder; PostgreSQL checks its own pages (pg_amcheck)',
    );
  const { documents, problems } = await corpusOf(config.corpusDirectory);
  const embeddings = await LocalEmbeddings.open({
    name: config.embeddingModel,
    cacheDirectory: config.modelCacheDirectory,
  });
  const { profile } = embeddings;
  await embeddings.close();
  const { faults, identity, counts } = await inspectIndex({
    directory: config.indexDirectory,
    documents,
    profile,
  });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    console.error(`paracite: ${faults.length} fault(s); npm run index makes what is missing or broken anew`);
    return EXIT.broken;
  }
  console.log(
    `index ${identity}: ${counts.documents} document(s), ${counts.files} files, ${counts.chunks} chunks with their spans, ${counts.vectors} stored vectors: all as they were written`,
  );
  return problems.length > 0 ? EXIT.failed : EXIT.well;
}

async function build(
  config: Config,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
): Promise<Built> {
  const { indexDirectory: directory, indexUrl: url } = config;
  if (url === undefined) return buildIndex(directory, documents, embeddings, progress);
  const store = new PostgresStore({ url, statementTimeoutMs: config.requestTimeoutMs });
  try {
    return await store.build({ directory, documents, embeddings, progress });
  } finally {
    await store.close();
  }
}
