import { readConfig } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import { mean, pairedP, readSet, recallAt, reciprocalRank, successAt } from '../eval/index.js';
import {
  type ComposedIndex,
  composeIndex,
  listOf,
  QueryAdapter,
  type SearchIndex,
  VectorIndex,
} from '../index/index.js';
import { type FusionWeights, NO_FILTERS, retrieve, WEIGHTS } from '../retrieve/index.js';
import { Service } from '../service.js';

/**
 * `npm run ablation`: what each part of the retrieval is worth on the development split. Each line changes one thing
 * of the system as it is; p is of the difference in MRR, paired.
 */

const DEVELOPMENT = 'eval/sets/dev.jsonl';
const DEPTH = 15;
/** Questions a paragraph that are kept, spread over its list. */
const NUMBERS = [2, 4, 8, 16, 32];

interface Variant {
  readonly name: string;
  readonly index: ComposedIndex;
  readonly weights?: FusionWeights;
  readonly scope?: boolean;
}

async function main(): Promise<void> {
  const service = (await Service.open({
    ...readConfig(process.env),
    indexUrl: undefined,
  })) as Service<SearchIndex>;
  const { index } = service;
  const questions = (await readSet(DEVELOPMENT)).filter(({ gold }) => gold.length > 0);
  let reference: readonly number[] = [];

  const measure = async ({ name, index: used, weights = WEIGHTS, scope = true }: Variant): Promise<void> => {
    const rankings: {
      readonly gold: readonly number[];
      readonly kind: string;
      readonly register: string;
      readonly found: number[];
    }[] = [];
    for (const { question, gold, kind, register = '' } of questions) {
      const query = { text: question, limit: DEPTH, filters: NO_FILTERS, scope };
      const { passages } = await retrieve(used, query, weights);
      rankings.push({ gold, kind, register, found: passages.map(({ paragraph }) => paragraph.number) });
    }
    const single = rankings.filter(({ kind }) => kind !== 'theme');
    const of = (list: typeof rankings, metric: (found: number[], gold: readonly number[]) => number) =>
      mean(list.map(({ found, gold }) => metric(found, gold)));
    const ranks = single.map(({ found, gold }) => reciprocalRank(found, gold));
    const p = reference.length === 0 ? '' : pairedP(reference, ranks).toFixed(3);
    if (reference.length === 0) reference = ranks;
    const everyday = single.filter(({ register }) => register === 'everyday');
    const cells = [
      of(single, (f, g) => successAt(f, g, 1)),
      of(single, (f, g) => successAt(f, g, 5)),
      mean(ranks),
      of(everyday, (f, g) => successAt(f, g, 1)),
      of(everyday, (f, g) => successAt(f, g, 5)),
      of(
        single.filter(({ kind }) => kind === 'scoped'),
        (f, g) => successAt(f, g, 1),
      ),
      of(
        rankings.filter(({ kind }) => kind === 'theme'),
        (f, g) => recallAt(f, g, DEPTH),
      ),
    ];
    console.log(`| ${name.padEnd(44)} | ${cells.map((value) => value.toFixed(3)).join(' | ')} | ${p} |`);
  };

  console.log(
    `| ${'variant'.padEnd(44)} | R@1 | R@5 | MRR | everyday R@1 | R@5 | scoped R@1 | themes R@15 | p |`,
  );
  console.log(`|${'-'.repeat(46)}|${'---|'.repeat(8)}`);
  await measure({ name: 'as it is', index });
  const names = Object.keys(WEIGHTS.withQuestions) as (keyof typeof WEIGHTS.withQuestions)[];
  for (const name of names.filter((signal) => WEIGHTS.withQuestions[signal] !== 0)) {
    const withQuestions = { ...WEIGHTS.withQuestions, [name]: 0 };
    await measure({ name: `without the signal "${name}"`, index, weights: { ...WEIGHTS, withQuestions } });
  }
  await measure({ name: 'without scope', index, scope: false });
  await measure({ name: 'without the adapter', index: await withoutAdapter(index) });
  for (const number of NUMBERS) {
    const documents = index.documents.map((document) => withFewer(document, number));
    const fewer = await composeIndex(documents, index.embeddings, () => undefined);
    await measure({ name: `${number} questions a paragraph`, index: fewer });
  }
  const documents = index.documents.map((document) => ({ ...document, questions: [] }));
  const bare = await composeIndex(documents, index.embeddings, () => undefined);
  await measure({ name: 'no questions', index: bare });
  for (const lexical of [0, 0.25, 0.75, 1]) {
    const without = { ...WEIGHTS.without, lexical, chunk: 1 - lexical };
    await measure({
      name: `no questions, lexical ${lexical}`,
      index: bare,
      weights: { ...WEIGHTS, without },
    });
  }
  await service.close();
}

function withFewer(document: RecordDocument, number: number): RecordDocument {
  const questions = document.questions.map(({ paragraph, questions: all, unanswered }) => {
    const step = Math.max(1, all.length / number);
    const kept = Array.from(
      { length: Math.min(number, all.length) },
      (_, i) => all[Math.floor(i * step)] ?? '',
    );
    return { paragraph, questions: kept, unanswered };
  });
  return { ...document, questions };
}

async function withoutAdapter(index: ComposedIndex): Promise<ComposedIndex> {
  const { dimension } = index.embeddings.profile;
  const vectors = await index.embeddings.embedAll([...index.questions.entries()].map(({ text }) => text));
  return {
    ...index,
    adapter: await QueryAdapter.learn([], [], dimension),
    questions: await VectorIndex.build(
      listOf([...index.questions.entries()]),
      vectors,
      dimension,
      index.embeddings,
    ),
  };
}

await main();
