import { loadCorpus } from '../corpus/index.js';
import { LocalEmbeddings } from '../embed/index.js';
import { langchainDefault, oramaHybrid, paracite } from '../eval/index.js';
import { type ComposedIndex, composeIndex } from '../index/index.js';
import { type Line, quantile, timed } from './timing.js';

const ROUNDS = 3;

/** Build and one ranking in this process, for Paracite and its peers alike. */
export async function benchPeers(
  corpus: string,
  cache: string,
  questions: readonly string[],
): Promise<Line[]> {
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: cache });
  const { documents } = await loadCorpus(corpus);
  const bare = documents.map((document) => ({ ...document, questions: [] }));
  const quiet = () => undefined;
  let index: ComposedIndex | undefined;
  const full = await timed(async () => {
    index = await composeIndex(documents, embeddings, quiet);
  });
  let bareIndex: ComposedIndex | undefined;
  const own = await timed(async () => {
    bareIndex = await composeIndex(bare, embeddings, quiet);
  });
  if (!index || !bareIndex) throw new Error('no index was made');
  const lines: Line[] = [
    { what: 'build in process, with sidecar', value: full, unit: 'ms' },
    { what: 'build in process, without sidecar', value: own, unit: 'ms' },
  ];
  const contenders = [
    { name: 'Paracite', make: async () => paracite('Paracite', index as ComposedIndex) },
    { name: 'Paracite without sidecar', make: async () => paracite('bare', bareIndex as ComposedIndex) },
    { name: 'LangChain default', make: () => langchainDefault(bareIndex as ComposedIndex) },
    { name: 'Orama hybrid', make: () => oramaHybrid(bareIndex as ComposedIndex) },
  ];
  let reference = 0;
  for (const { name, make } of contenders) {
    const started = performance.now();
    const system = await make();
    const built = performance.now() - started;
    if (built > 50)
      lines.push({ what: 'build in process', peer: name, value: built, unit: 'ms', ratio: built / own });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const question of questions) times.push(await timed(() => system.rank(question)));
    }
    const p50 = quantile(times, 0.5);
    if (reference === 0) reference = p50;
    lines.push({ what: 'one ranking, p50', peer: name, value: p50, unit: 'ms', ratio: p50 / reference });
  }
  await embeddings.close();
  return lines;
}
