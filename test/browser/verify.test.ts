import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  barriers,
  CHROMIUM,
  NARROWEST,
  NO_BROWSER,
  openBrowser,
  openServer,
  overflow,
  visitor,
} from '../support/browser.js';
import type { Server } from '../support/program.js';
import { workspace } from '../support/small-corpus.js';

const WORDS = 'deprivation of liberty should be used as a measure of last resort';
const DRAFT = `As paragraph 71 says, “${WORDS.replace('should', 'must')}”.

The record adds: “Prison officers were considered to play a crucial role” (para. 71).

“This document has … been edited”, “the zebras of the capital demand cheaper trams” and “${WORDS}”.

Paragraph 82 says that many women sit in jail for administrative offences.`;

describe.skipIf(CHROMIUM === null)(`verifying in a browser${NO_BROWSER}`, () => {
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

  it.each([true, false])(
    'catches an altered draft and shows the change, scripts on: %s',
    async (javaScriptEnabled) => {
      const { page, complaints } = await visitor(browser, server.url, { javaScriptEnabled });
      await page.goto('/verify');
      await page.getByLabel('Sentence or draft').fill(DRAFT);
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.locator('#summary').waitFor();
      expect(await page.locator('#summary').textContent()).toBe(
        '1 verbatim, 1 altered, 1 stitched together, 1 another paragraph, 1 not in the record, 1 in other words.',
      );
      expect(await page.getByLabel('Sentence or draft').inputValue()).toBe(DRAFT);
      const altered = page.locator('.checked-item').first();
      expect(await altered.locator('.verdict').textContent()).toBe('Altered');
      expect(await altered.locator('del').textContent()).toBe('In the draft: must;');
      expect(await altered.locator('ins').textContent()).toBe('In the record: should;');
      await altered.locator('.place a').click();
      await page.waitForURL(/#para-71$/u);
      expect((await page.locator('mark.quoted').allTextContents()).join('')).toBe(WORDS);
      expect(complaints).toEqual([]);
    },
  );

  it.each(['light', 'dark'] as const)(
    'has no barrier and no sideways scrolling in %s colours',
    async (colorScheme) => {
      const { page, complaints } = await visitor(browser, server.url, { colorScheme });
      await page.goto('/verify');
      expect(await barriers(page)).toEqual([]);
      await page.getByLabel('Sentence or draft').fill(DRAFT);
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.locator('#summary').waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.setViewportSize(NARROWEST);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    },
  );
});
