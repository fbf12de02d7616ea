import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { LocalEmbeddings, type Progress } from '../../src/embed/index.js';
import { composeIndex } from '../../src/index/index.js';
import { PostgresStore } from '../../src/postgres/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { Service } from '../../src/service.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { type NativePostgres, postgresPrograms, startNativePostgres } from '../support/native-postgres.js';
import { testConfig } from '../support/service.js';
import { openServing, type ServedApp } from '../support/serving.js';
import { smallCorpus, workspace } from '../support/small-corpus.js';

const WAIT_MS = 60_000;
const TIMEOUT_MS = 20_000;

/** PGlite is one session in this process: it cannot be killed, has no TLS, and never makes one client wait for another. */
const programs = await postgresPrograms();
const REASON = 'only where TEST_POSTGRES_URL names a server of this machine, whose programs start another';

describe.skipIf(programs === null)(`a server of native code (${REASON})`, () => {
  let server: NativePostgres;
  let space: Awaited<ReturnType<typeof workspace>>;
  let embeddings: LocalEmbeddings;
  let documents: readonly RecordDocument[];
  beforeAll(async () => {
    space = await workspace();
    documents = await smallCorpus(path.join(space.folder, 'corpus'));
    embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
    server = await startNativePostgres(programs ?? '');
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await embeddings?.close();
    await space?.remove();
  });

  const within = async <T>(work: (store: PostgresStore) => Promise<T>, url = server.url): Promise<T> => {
    const store = new PostgresStore({ url, statementTimeoutMs: TIMEOUT_MS });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const load = async (progress: Progress = () => undefined) => {
    const composed = await composeIndex(documents, embeddings, () => undefined);
    return within((store) => store.load(composed, progress));
  };
  const current = (url?: string) => within((store) => store.current('bundled'), url);

  it('is migrated once where many come to an empty database at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => current()));
    expect(await server.query('SELECT version FROM paracite.migrations')).toHaveLength(1);
  });

  it('that is killed while it is asked means 503, and answers again by itself', {
    timeout: 180_000,
  }, async () => {
    await load();
    const app = await openServing({
      indexUrl: server.url,
      cacheEntries: 0,
      corpusDirectory: path.join(space.folder, 'nothing'),
      indexDirectory: path.join(space.folder, 'index'),
      workers: 1,
    });
    const statuses: number[] = [];
    let stopped = false;
    const asking = Array.from({ length: 3 }, async (_, asker) => {
      for (let i = 0; !stopped; i += 1)
        statuses.push((await app.ask(`Which rules are for women? ${asker} ${i}`)).status);
    });
    try {
      await until(async () => statuses.length > 5);
      await server.kill();
      await until(async () => statuses.at(-1) === 503);
      await until(async () => (await unreadyOf(app)) !== null);
      expect(await unreadyOf(app)).toMatch(/database cannot be reached/u);
      await server.start();
      await until(async () => (await unreadyOf(app)) === null);
      await until(async () => statuses.slice(-10).every((status) => status === 200));
    } finally {
      stopped = true;
      await Promise.all(asking);
      await app.serving.close();
    }
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });

  it('that is killed in the middle of a load has what it had before, and takes the next load', async () => {
    await load();
    const before = await current();
    let killed: Promise<void> | null = null;
    const loading = load((_stage, done, total) => {
      // The last row is told before the last COPY ends.
      if (done === total) killed ??= server.kill();
    });
    await expect(loading).rejects.toMatchObject({ code: 'not_ready' });
    expect(killed).not.toBeNull();
    await server.start();
    expect(await current()).toEqual(before);
    await load();
    const after = await current();
    expect(after).not.toEqual(before);
    expect(await within((store) => (after ? store.documents(after) : Promise.resolve([])))).toHaveLength(
      documents.length,
    );
  });

  it('gives up a search that takes too long, and answers the next one', async () => {
    await load();
    const { folder } = (await current()) ?? { folder: '' };
    const service = await Service.open(
      testConfig({
        indexUrl: server.url,
        indexDirectory: path.join(space.folder, 'index'),
        requestTimeoutMs: 500,
      }),
    );
    const ask = () =>
      service.ask({ text: 'Are prisons too full?', limit: 3, filters: NO_FILTERS, scope: true });
    const holder = new pg.Client(server.url);
    await holder.connect();
    try {
      await holder.query(`BEGIN; LOCK TABLE ${folder}.chunks IN ACCESS EXCLUSIVE MODE`);
      await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
      await holder.query('ROLLBACK');
      expect((await ask()).status).toBe('answered');
    } finally {
      await holder.end();
      await service.close();
    }
  });

  describe('with TLS', () => {
    const address = (parameters: string, user = 'postgres') =>
      `postgres://${user}@localhost:${server.port}/postgres?${parameters}`;
    const encrypted = async () => {
      const rows = await server.query<{ ssl: boolean }>(
        `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'paracite'`,
      );
      return rows.map(({ ssl }) => ssl);
    };

    it.each(['require', 'verify-full'])(
      'speaks it where sslmode=%s and the certificate is trusted',
      async (mode) => {
        const url = address(`sslmode=${mode}&sslrootcert=${server.certificate}`);
        await within(async (store) => {
          await store.current('bundled');
          expect(await encrypted()).toContain(true);
          expect(await encrypted()).not.toContain(false);
        }, url);
      },
    );

    it.each([
      ['a certificate that nobody trusts', 'sslmode=require', 'postgres', /self-signed certificate/iu],
      ['a file of certificates that is not there', 'sslrootcert=/nowhere/ca.pem', 'postgres', /nowhere/u],
      ['an address without TLS where the server wants it', '', 'guarded', /pg_hba\.conf/u],
    ])('says that INDEX_URL is wrong: %s', async (_what, parameters, user, message) => {
      await expect(current(address(parameters, user))).rejects.toMatchObject({
        code: 'config',
        message: expect.stringMatching(message),
      });
    });
  });
});

/** Why the app is not ready. Null where it is. */
async function unreadyOf(app: ServedApp): Promise<string | null> {
  const response = await app.request('/readyz');
  return response.status === 200 ? null : JSON.stringify(await response.json());
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to pass');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
