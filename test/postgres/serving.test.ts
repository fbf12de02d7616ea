import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { openServing, type ServedApp } from '../support/serving.js';
import { SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';

const WAIT_MS = 60_000;

let postgres: TestPostgres;
let space: Awaited<ReturnType<typeof workspace>>;
let corpus: string;
/** Two servers without anything in common but the database. */
let one: ServedApp;
let two: ServedApp;
beforeAll(async () => {
  space = await workspace();
  corpus = path.join(space.folder, 'corpus');
  await smallCorpus(corpus);
  postgres = await startPostgres();
  const settings = { indexUrl: postgres.url, cacheEntries: 0 };
  one = await openServing({
    ...settings,
    corpusDirectory: corpus,
    indexDirectory: path.join(space.folder, 'one'),
    workers: 0,
  });
  two = await openServing({
    ...settings,
    corpusDirectory: path.join(space.folder, 'nothing'),
    indexDirectory: path.join(space.folder, 'two'),
    workers: 1,
  });
}, 120_000);
afterAll(async () => {
  await one?.serving.close();
  await two?.serving.close();
  await postgres?.close();
  await space?.remove();
});

const identityOf = async (app: ServedApp) =>
  ((await (await app.request('/readyz')).json()) as { index: string }).index;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('serves from the database alone, documents too', async () => {
  expect(await identityOf(two)).toBe(await identityOf(one));
  const source = await two.request('/v1/documents/prisons/source');
  expect(await source.text()).toBe(SMALL_CORPUS['prisons.txt']);
  const [first, second] = await Promise.all(
    [one, two].map(async (app) => (await app.ask('Which rules are for women?')).json()),
  );
  expect({ ...(second as object), tookMs: 0 }).toEqual({ ...(first as object), tookMs: 0 });
});

it('goes on answering while another server re-indexes, and then from what that made', {
  timeout: 120_000,
}, async () => {
  const before = await identityOf(two);
  await smallCorpus(corpus, {
    'prisons.txt': `${SMALL_CORPUS['prisons.txt']}\n4. A speaker praised the walruses who guard the gates.\n`,
  });
  let stopped = false;
  const statuses: number[] = [];
  const asking = [one, two].map(async (app) => {
    for (let i = 0; !stopped; i += 1)
      statuses.push((await app.ask(`Which rules are for women? ${i}`)).status);
  });
  const made = await one.serving.reindex();
  expect(made).not.toBe(before);
  await until(async () => (await identityOf(two)) === made);
  stopped = true;
  await Promise.all(asking);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const answer = (await (await two.ask('Who guards the gates?')).json()) as {
    passages: { paragraph: number }[];
  };
  expect(answer.passages.map(({ paragraph }) => paragraph)).toContain(4);
});

it('says 503 with Retry-After while the database is away, and recovers by itself', {
  timeout: 120_000,
}, async () => {
  await postgres.pause();
  for (const app of [one, two]) {
    const refused = await app.ask('Are there too many inmates?');
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/database cannot be reached/u);
    await until(async () => (await app.request('/readyz')).status === 503);
    expect((await app.request('/healthz')).status).toBe(200);
    // What needs no search is there all the same.
    expect((await app.request('/v1/documents/prisons')).status).toBe(200);
  }
  await postgres.resume();
  for (const app of [one, two]) {
    await until(async () => (await app.request('/readyz')).status === 200);
    expect((await app.ask('Are there too many inmates?')).status).toBe(200);
  }
});
