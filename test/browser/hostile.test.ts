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
import { writeFiles } from '../support/temporary.js';

const LONG_WORD = 'prison'.repeat(1700);
const MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>';
const RIGHT_TO_LEFT = 'السجون \u202Eمقلوب\u202C والعدالة';
const STACKED = `z${'\u0301\u0323\u0489'.repeat(200)}algo`;
const TEMPLATES = '{{7+7}} #{7+7} <!-- text --> --> ]]> \\u003cb\\u003e &lt;b&gt; "\'` javascript:alert(4)';

/** What people might type, or a file might hold. */
const HOSTILE = {
  markup: MARKUP,
  'right to left': RIGHT_TO_LEFT,
  'stacked marks': STACKED,
  'a word of 10,200 letters': LONG_WORD,
  templates: TEMPLATES,
} as const;

const ID = 'hostile';
const SOURCE = `${MARKUP}

I. ${MARKUP} on prisons

(a) ${LONG_WORD}

1. Speakers said of prisons: ${MARKUP} and no more.¹

2. Speakers said of courts: ${RIGHT_TO_LEFT} and no more.

3. Speakers said of police: ${STACKED} and no more.

¹ <b>Note</b> on prisons: ${MARKUP}.

4. Speakers said of judges: ${LONG_WORD} and no more.

5. Speakers said of lawyers: ${TEMPLATES} and no more:

- ${RIGHT_TO_LEFT};
- ${MARKUP}.
`;
const METADATA = {
  id: ID,
  title: `${MARKUP} ${LONG_WORD}`,
  shortTitle: `${MARKUP} ${LONG_WORD}`,
  date: '2025-01-16',
  language: 'en',
  symbol: `=1+1 ${LONG_WORD}`,
  body: `${MARKUP} ${RIGHT_TO_LEFT}`,
};

describe.skipIf(CHROMIUM === null)(`hostile input in a browser${NO_BROWSER}`, () => {
  let browser: Browser;
  let server: Server;
  let folder: Awaited<ReturnType<typeof workspace>>;

  beforeAll(async () => {
    folder = await workspace();
    const corpus = `${folder.folder}/corpus`;
    await writeFiles(corpus, { [`${ID}.txt`]: SOURCE, [`${ID}.json`]: JSON.stringify(METADATA) });
    const settings = { CORPUS_DIR: corpus, INDEX_DIR: `${folder.folder}/index`, ABSTAIN_THRESHOLD: '0' };
    [browser, server] = await Promise.all([openBrowser(), openServer(settings, folder.folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    server?.process.kill('SIGTERM');
    await server?.finished;
    await folder?.remove();
  });

  it.each([
    '/',
    '/?q=What+was+said+of+prisons%3F',
    '/?q=What+was+said+of+judges%3F',
    '/search?q=speakers',
    '/documents',
    `/documents/${ID}`,
    `/documents/${ID}?find=alert`,
  ])('shows a hostile document as text, on a page that does not break: %s', async (path) => {
    const { page, complaints } = await visitor(browser, server.url, { viewport: NARROWEST });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(path);
    expect(await page.locator('main img, main svg, main script, main b').count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await barriers(page)).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('has every hostile word of the document, character for character', async () => {
    const { page } = await visitor(browser, server.url, { viewport: NARROWEST });
    await page.goto(`/documents/${ID}`);
    const [, , ...paragraphs] = await page.locator('article').allTextContents();
    const said = [RIGHT_TO_LEFT, STACKED, LONG_WORD, TEMPLATES];
    for (const [index, words] of said.entries()) expect(paragraphs[index]).toContain(words);
    expect(await page.locator('#para-1').textContent()).toContain(MARKUP);
  });

  it('leads from a hostile quotation to its marked characters', async () => {
    const { page } = await visitor(browser, server.url, { viewport: NARROWEST });
    await page.goto('/?q=What+was+said+of+courts%3F');
    const quote = await page.locator('#citation-1 blockquote').textContent();
    await page.locator('#citation-1 h3 a').click();
    await page.waitForURL(/mark=/u);
    expect((await page.locator('mark.quoted').allTextContents()).join('')).toBe(quote);
  });

  it.each(Object.entries(HOSTILE))('takes %s for what was asked', async (_, text) => {
    const question = text.slice(0, 1900);
    const { page, complaints } = await visitor(browser, server.url, { viewport: NARROWEST });
    await page.goto('/');
    await page.fill('#q', question);
    await page.keyboard.press('Enter');
    await page.locator('#answer').waitFor();
    expect(await page.inputValue('#q')).toBe(question);
    expect(await page.title()).toContain(question.slice(0, 20).trim());
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.reload();
    await page.locator('#history-list a').waitFor();
    expect(await page.locator('#history-list a').textContent()).toBe(question);
    expect(await page.locator('main img, main svg, main script, main b').count()).toBe(0);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
