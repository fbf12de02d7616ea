import hnswlib from 'hnswlib-node';
import { loadCorpus } from '../corpus/index.js';
import { LocalEmbeddings } from '../embed/index.js';
import { composeIndex } from '../index/index.js';

const M = [8, 16, 32];
const EF_CONSTRUCTION = [50, 100, 200];
const EF = [40, 80, 160];
const K = 10;

/** Recall@10 against exact search, and times, over a grid of HNSW parameters: the vectors of the sidecar's questions. */
export async function benchHnsw(
  corpus: string,
  cache: string,
  questions: readonly string[],
): Promise<string> {
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: cache });
  const { documents } = await loadCorpus(corpus);
  const index = await composeIndex(documents, embeddings, () => undefined);
  const { size } = index.questions;
  const dimension = embeddings.profile.dimension;
  const queries: number[][] = [];
  for (const question of questions) {
    queries.push(Array.from(index.adapter.apply(Float32Array.from(await embeddings.embedQuery(question)))));
  }
  const exact = queries.map((query) => {
    const vector = Float32Array.from(query);
    const similarities = Array.from(
      { length: size },
      (_, row) => [row, index.questions.similarity(vector, row)] as const,
    );
    return new Set(
      similarities
        .sort(([, a], [, b]) => b - a)
        .slice(0, K)
        .map(([row]) => row),
    );
  });
  const rows: string[] = [
    `hnsw: ${size} vectors of ${dimension}; recall@${K} against exact search, build ms, query ms`,
  ];
  for (const m of M) {
    for (const efConstruction of EF_CONSTRUCTION) {
      const graph = new hnswlib.HierarchicalNSW('ip', dimension);
      graph.initIndex(size, m, efConstruction, 1);
      const started = performance.now();
      for (let row = 0; row < size; row += 1) {
        graph.addPoint(Array.from(index.questions.vector(row)), row);
      }
      const build = performance.now() - started;
      for (const ef of EF) {
        graph.setEf(ef);
        const asked = performance.now();
        const found = queries.map((query) => graph.searchKnn(query, K).neighbors);
        const each = (performance.now() - asked) / queries.length;
        const right = found.reduce(
          (sum, rowsFound, i) => sum + rowsFound.filter((row) => exact[i]?.has(row)).length,
          0,
        );
        rows.push(
          `M ${String(m).padStart(2)}  efConstruction ${String(efConstruction).padStart(3)}  ef ${String(ef).padStart(3)}   recall ${(right / (K * queries.length)).toFixed(4)}   build ${build.toFixed(0).padStart(5)}   query ${each.toFixed(3)}`,
        );
      }
    }
  }
  await embeddings.close();
  return rows.join('\n');
}
