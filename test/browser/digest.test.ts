import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  barriers,
  CHROMIUM,
  DESKTOP,
  NARROWEST,
  NO_BROWSER,
  openBrowser,
  openServer,
  overflow,
  visitor,
} from '../support/browser.js';
import { csvRows, docxParagraphs, markdownQuotations } from '../support/files.js';
import type { Server } from '../support/program.js';
import type { DigestBody } from '../support/shapes.js';
import { workspace } from '../support/small-corpus.js';

async function downloaded(page: Page, name: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name }).click(),
  ]);
  return new Uint8Array(await readFile(await download.path()));
}

describe.skipIf(CHROMIUM === null)(`the page of a digest in a browser${NO_BROWSER}`, () => {
  let browser: Browser;
  let server: Server;
  let folder: Awaited<ReturnType<typeof workspace>>;

  beforeAll(async () => {
    folder = await workspace();
    [browser, server] = await Promise.all([openBrowser(), openServer({}, folder.folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    server?.process.kill('SIGTERM');
    await server?.finished;
    await folder?.remove();
  });

  it('is made by the form without scripts, and its files have the words that it shows', async () => {
    const { page } = await visitor(browser, server.url, { javaScriptEnabled: false });
    await page.goto('/digest');
    await page.getByLabel('Topic').fill('restorative justice');
    await page.getByText('Limit the digest').click();
    await page.getByLabel('2022', { exact: true }).check();
    await page.getByLabel('2023', { exact: true }).check();
    await page.getByRole('button', { name: 'Make a digest' }).click();
    await page.waitForURL(/topic=restorative\+justice&year=2022&year=2023/u);
    const shown = await page.locator('blockquote').allTextContents();
    expect(shown.length).toBeGreaterThan(2);
    const text = new TextDecoder('utf-8', { ignoreBOM: true });
    expect(markdownQuotations(text.decode(await downloaded(page, 'Markdown')))).toEqual(shown);
    const rows = csvRows(text.decode(await downloaded(page, 'CSV')));
    expect(rows.flatMap(({ quotation }) => quotation || [])).toEqual(shown);
    const paragraphs = docxParagraphs(await downloaded(page, 'DOCX'));
    expect(paragraphs.flatMap((one) => (one.style === 'Quotation' ? one.text : []))).toEqual(shown);

    const { years } = JSON.parse(text.decode(await downloaded(page, 'JSON'))) as DigestBody;
    const quotations = years.flatMap(({ sections }) => sections.flatMap((section) => section.quotations));
    expect(quotations.map(({ quote }) => quote)).toEqual(shown);

    await page.getByRole('figure').first().getByRole('link').click();
    await page.locator('mark:not(.term)').first().waitFor();
    expect((await page.locator('mark:not(.term)').allTextContents()).join('')).toBe(shown[0]);
  });

  it.each(['light', 'dark'] as const)('has no barrier and breaks no policy: %s', async (colorScheme) => {
    for (const topic of ['', 'climate change', 'penguins', 'electronic evidence']) {
      const { page, complaints } = await visitor(browser, server.url, { colorScheme });
      await page.goto(`/digest?topic=${encodeURIComponent(topic)}`);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await barriers(page), topic).toEqual([]);
      expect(complaints, topic).toEqual([]);
    }
  });

  it.each([NARROWEST, DESKTOP])('fits a screen of $width by $height', async (viewport) => {
    const { page } = await visitor(browser, server.url, { viewport });
    await page.goto('/digest?topic=corruption');
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const inside = await page.locator('svg text').evaluateAll((texts) =>
      texts.map((text) => {
        const [own, all] = [text.getBoundingClientRect(), text.closest('svg')?.getBoundingClientRect()];
        return all !== undefined && own.left >= all.left - 1 && own.right <= all.right + 1;
      }),
    );
    expect(inside.length).toBeGreaterThan(0);
    expect(inside).not.toContain(false);
  });
});
