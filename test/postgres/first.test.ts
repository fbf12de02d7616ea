import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSet } from '../../src/eval/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { Service } from '../../src/service.js';
import { PostgresStore } from '../../src/postgres/index.js';
import { openService, testConfig } from '../support/service.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';

let postgres: TestPostgres;
beforeAll(async () => { const t = Date.now(); postgres = await startPostgres(); console.log('start', Date.now() - t); }, 60000);
afterAll(() => postgres.close());
it('x', { timeout: 300000 }, async () => {
  const here = await openService();
  const store = new PostgresStore({ url: postgres.url, statementTimeoutMs: 20000 });
  let t = Date.now();
  await store.load(here.index, () => undefined);
  console.log('load', Date.now() - t);
  const there = await Service.open(testConfig({ indexUrl: postgres.url }));
  const set = await readSet('eval/sets/dev.jsonl');
  let same = 0; let n = 0; let th = 0; let tt = 0;
  for (const { question } of set.slice(0, 40)) {
    const q = { text: question, limit: 5, filters: NO_FILTERS, scope: true };
    let a = performance.now();
    const x = await here.ask(q); th += performance.now() - a; a = performance.now();
    const y = await there.ask(q); tt += performance.now() - a;
    n++;
    const k = (z: typeof x) => JSON.stringify([z.status, z.text, z.passages.map((p) => [p.ordinal, p.score.toFixed(6)]), z.confidence.toFixed(6)]);
    if (k(x) === k(y)) same++; else console.log(question, '\n', k(x).slice(0, 400), '\n', k(y).slice(0, 400));
  }
  console.log(same, n, 'here', th / n, 'there', tt / n);
  await there.close(); await here.close(); await store.close();
});
