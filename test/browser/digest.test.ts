import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRows, docxParagraphs, markdownQuotations } from '../support/files.js';
import { serve, untilReady } from '../support/program.js';
import { temporaryFolder } from '../support/temporary.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Longest time until the server is ready with an index on disk, in milliseconds, on a busy machine. */
const READY_MS = 30_000;

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
});

afterAll(() => browser.close());

interface Opened {
  readonly page: Page;
  /** What the browser refused or what failed on the page. */
  readonly complaints: string[];
}

async function open(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

async function server(): Promise<string> {
  const { url } = await serve({}, await temporaryFolder());
  await untilReady(url, READY_MS);
  return url;
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const results = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'] });
  });
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

function downloaded(page: Page, name: string): Promise<Uint8Array> {
  return Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]).then(
    async ([download]) => new Uint8Array(await readFile(await download.path())),
  );
}

describe('the page of a digest in a browser', () => {
  it('is made by the form without scripts, and its files have the words that it shows', async () => {
    const url = await server();
    const { page } = await open(`${url}/digest`, { javaScriptEnabled: false });
    await page.getByLabel('Topic').fill('restorative justice');
    await page.getByText('Limit the digest').click();
    await page.getByLabel('2022', { exact: true }).check();
    await page.getByLabel('2023', { exact: true }).check();
    await page.getByRole('button', { name: 'Make a digest' }).click();
    expect(page.url()).toContain('topic=restorative+justice&year=2022&year=2023');
    const shown = await page.locator('blockquote').allTextContents();
    expect(shown.length).toBeGreaterThan(2);
    const text = new TextDecoder('utf-8', { ignoreBOM: true });
    expect(markdownQuotations(text.decode(await downloaded(page, 'Markdown')))).toEqual(shown);
    const rows = csvRows(text.decode(await downloaded(page, 'CSV')));
    expect(rows.flatMap(({ quotation }) => quotation || [])).toEqual(shown);
    const paragraphs = docxParagraphs(await downloaded(page, 'DOCX'));
    expect(paragraphs.flatMap((one) => (one.style === 'Quotation' ? one.text : []))).toEqual(shown);

    await page.getByRole('figure').first().getByRole('link').click();
    expect((await page.locator('mark:not(.term)').allTextContents()).join('')).toBe(shown[0]);
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds and breaks no policy: %s',
    async (colorScheme) => {
      const url = await server();
      for (const topic of ['', 'climate change', 'penguins', 'electronic evidence']) {
        const { page, complaints } = await open(`${url}/digest?topic=${encodeURIComponent(topic)}`, {
          colorScheme,
          reducedMotion: 'reduce',
        });
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect(await faults(page), topic).toEqual([]);
        expect(complaints, topic).toEqual([]);
        await page.context().close();
      }
    },
  );

  it.each([
    [360, 740],
    [1400, 900],
  ])('fits a screen of %i by %i', async (width, height) => {
    const url = await server();
    const { page } = await open(`${url}/digest?topic=corruption`, { viewport: { width, height } });
    for (const summary of await page.locator('summary').all()) await summary.click();
    const wide = await page.locator('html').evaluate((root) => root.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    const boxes = await page.locator('svg text').evaluateAll((texts) =>
      texts.map((text) => {
        const [own, all] = [text.getBoundingClientRect(), text.closest('svg')?.getBoundingClientRect()];
        return all !== undefined && own.left >= all.left - 1 && own.right <= all.right + 1;
      }),
    );
    expect(boxes.length).toBeGreaterThan(0);
    expect(boxes).not.toContain(false);
  });
});
