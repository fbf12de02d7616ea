import { pino } from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/http/index.js';
import { RECORD_ID } from '../support/fixtures.js';
import { testConfig } from '../support/service.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const KEY = 'a-key-for-the-browser-test';

let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  const config = testConfig({ port: 0, apiKeys: [KEY], abstainThreshold: 0 });
  server = await startServer(config, pino({ level: 'silent' }));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  await server.ready;
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Watched {
  readonly page: Page;
  /** What the policy blocked, what failed, and what was loaded from elsewhere. */
  readonly complaints: string[];
}

async function open(): Promise<Watched> {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|refused to/iu.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    if (!/^data:/u.test(request.url()) && !request.url().startsWith(server.url))
      complaints.push(request.url());
  });
  return { page, complaints };
}

describe('/docs', () => {
  it('draws every operation under the strict policy, from this server alone', async () => {
    const { page, complaints } = await open();
    const response = await page.goto(`${server.url}/docs`);
    expect(response?.headers()['content-security-policy']).not.toContain('unsafe');
    await page.locator('.opblock').first().waitFor();
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    expect(await page.locator('.opblock').count()).toBe(described.length);
    for (const id of ['Ask-ask', 'Ask-search', 'Documents-getParagraph']) {
      await page.locator(`#operations-${id} .opblock-summary`).click();
      await page.locator(`#operations-${id} .responses-table`).first().waitFor();
    }
    expect(await page.locator('#operations-Ask-ask').textContent()).toContain('prison overcrowding');
    expect(complaints).toEqual([]);
  });

  it('asks with the key that is typed in', async () => {
    const { page, complaints } = await open();
    await page.goto(`${server.url}/docs`);
    await page.locator('.authorize').first().click();
    await page.locator('.auth-container input').first().fill(KEY);
    await page.locator('.auth-btn-wrapper .authorize').first().click();
    await page.locator('.btn-done').first().click();
    await page.locator('#operations-Documents-listDocuments .opblock-summary').click();
    await page.locator('#operations-Documents-listDocuments .try-out__btn').click();
    await page.locator('#operations-Documents-listDocuments .execute').click();
    const answer = page.locator('#operations-Documents-listDocuments .live-responses-table');
    await answer.waitFor();
    expect(await answer.textContent()).toContain(RECORD_ID);
    expect(complaints).toEqual([]);
  });
});

describe('signing in', () => {
  it('lets a person in from a page, and back to it, also by a link on another site', async () => {
    const { page } = await open();
    await page.goto(`${server.url}/documents/${RECORD_ID}?mark=53018-53098`);
    expect(await page.title()).toBe('Sign in - Paracite');
    await page.fill('#key', 'wrong');
    await page.click('button[type=submit]');
    expect(await page.locator('[role=alert]').textContent()).toContain('not known');
    await page.fill('#key', KEY);
    await page.click('button[type=submit]');
    expect(page.url()).toBe(`${server.url}/documents/${RECORD_ID}?mark=53018-53098`);
    expect(await page.locator('mark').count()).toBeGreaterThan(0);
    expect(await page.evaluate('document.cookie'), 'no script sees it').toBe('');

    // Another host name of this machine is another site.
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    await page.goto(`${elsewhere}/sign-in`);
    await page.evaluate(`location.assign(${JSON.stringify(`${server.url}/documents/${RECORD_ID}`)})`);
    await page.locator('#para-1').waitFor();
  });
});
