import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/index.js';
import { openApp, problemIn, type TestApp } from '../support/app.js';
import { type ControlledOperations, controlledOperations } from '../support/operations.js';
import { testConfig } from '../support/service.js';

const KEY = 'a-key-for-the-operator';
const PATH = '/v1/admin/reindex';
const SIGNED = { Authorization: `Bearer ${KEY}` };
/** How long to wait for what happens at once on an idle machine. */
const SOON = { timeout: 20_000 };

let operations: ControlledOperations;
let app: TestApp;

beforeAll(async () => {
  operations = controlledOperations();
  app = await openApp({ apiKeys: [KEY] }, { operations });
});

afterAll(async () => {
  await app.close();
  expect(app.logged).toEqual([]);
});

const start = () => app.request(PATH, { method: 'POST', headers: SIGNED });
const progress = async () => (await app.request(PATH, { headers: SIGNED })).json();

describe('POST /v1/admin/reindex', () => {
  it('does nothing for whoever shows no key', async () => {
    await problemIn(await app.request(PATH, { method: 'POST' }), 401);
    await problemIn(await app.request(PATH), 401);
    expect(operations.started).toBe(0);
  });

  it('does nothing on a server without keys', async () => {
    const open = createApp({
      responder: () => ({ ready: null, reason: '' }),
      onError: () => undefined,
      operations,
    });
    const { detail } = await problemIn(await open.request(PATH, { method: 'POST' }), 403);
    expect(detail).toContain('API_KEYS');
    await problemIn(await open.request(PATH), 403);
    expect(operations.started).toBe(0);
  });

  it('does nothing while the first index is not open', async () => {
    const opening = createApp({
      responder: () => ({ ready: null, reason: 'encoding 12 %' }),
      onError: () => undefined,
      operations,
      settings: testConfig({ apiKeys: [KEY] }),
    });
    await problemIn(await opening.request(PATH, { method: 'POST', headers: SIGNED }), 503);
    expect(operations.started).toBe(0);
  });

  it('begins, says how it goes, is joined, and says what came of it', async () => {
    expect(await progress()).toMatchObject({ state: 'idle', startedAt: null, progress: null });
    const response = await start();
    expect(response.status).toBe(202);
    expect(response.headers.get('Location')).toBe(PATH);
    const running = {
      state: 'running',
      index: null,
      finishedAt: null,
      progress: { stage: 'encoding', done: 1, total: 4 },
    };
    expect(await response.json()).toMatchObject(running);
    expect((await start()).status).toBe(202);
    expect(operations.started).toBe(1);
    expect(await (await app.request('/readyz')).json()).toMatchObject({ building: { stage: 'encoding' } });
    expect(await progress()).toMatchObject(running);
    operations.finish('fresh');
    await expect
      .poll(progress)
      .toMatchObject({ state: 'done', index: 'fresh', finishedAt: expect.any(String) });
  });

  it('says that it failed, but not why: that may name files', async () => {
    expect((await start()).status).toBe(202);
    operations.fail(new Error('/srv/corpus/broken.txt:3: not UTF-8'));
    await expect.poll(progress, SOON).toMatchObject({ state: 'failed', index: null });
    expect(JSON.stringify(await progress())).not.toContain('corpus');
    expect((await start()).status, 'it can be tried again').toBe(202);
    operations.finish('fresh');
  });
});
