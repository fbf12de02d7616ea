import { describe, expect, it } from 'vitest';
import { JSON_TYPE } from '../support/app.js';
import { CHROMIUM, NO_BROWSER, useRoom, visitor } from '../support/browser.js';
import { RECORD_ID } from '../support/fixtures.js';
import { type AskBody, askShape } from '../support/shapes.js';

const RECORD = `/documents/${RECORD_ID}`;
/** Its best quotation goes over a page break. */
const OVER_A_PAGE_BREAK = 'How did COVID-19 make people more vulnerable to crime and violence?';
const SCOPED = 'What was said about corruption in 2021?';

function asking(question: string, more = ''): string {
  return `/?q=${encodeURIComponent(question)}${more}`;
}

describe.skipIf(CHROMIUM === null)(`pages in a browser${NO_BROWSER}`, () => {
  const room = useRoom();

  async function ask(question: string): Promise<AskBody> {
    const body = JSON.stringify({ question });
    const response = await fetch(`${room().server.url}/v1/ask`, { method: 'POST', headers: JSON_TYPE, body });
    return askShape.parse(await response.json());
  }

  it.each([
    OVER_A_PAGE_BREAK,
    'Why is prison overcrowding an obstacle?',
    'Which resolution has the Nelson Mandela Rules in its annex?',
    'Which trend to poly-criminality was observed?',
    'Which ambassador from Kenya chaired the discussions?',
  ])('opens the record at the paragraph, with the quotation marked and in sight: %s', async (question) => {
    const { citations } = await ask(question);
    const { page, complaints } = await visitor(room().browser, room().server.url);
    for (const { id, quote, paragraph } of citations) {
      await page.goto(asking(question));
      expect(await page.locator(`#citation-${id} blockquote`).textContent()).toBe(quote);
      await page.locator(`#citation-${id} h3 a`).click();
      await page.waitForURL(/#/u);
      expect(page.url()).toContain(paragraph === null ? '#front-matter' : `#para-${paragraph}`);
      expect((await page.locator('mark.quoted').allTextContents()).join('')).toBe(quote);
      await expect.poll(() => inSight(page)).toBe(true);
    }
    expect(complaints).toEqual([]);
  });

  it('marks a quotation that goes over a page break in two places of the source', async () => {
    const { citations } = await ask(OVER_A_PAGE_BREAK);
    const broken = citations.find(({ paragraph }) => paragraph === 13);
    expect(broken?.spans).toHaveLength(2);
  });

  it('answers as one types, with the limit as a chip that can be removed', async () => {
    const { page, complaints } = await visitor(room().browser, room().server.url);
    await page.goto('/');
    await page.keyboard.press('/');
    await page.keyboard.type(SCOPED);
    await page.keyboard.press('Enter');
    await page.locator('#result .chips').waitFor();
    expect(page.url()).toBe(`${room().server.url}/?${new URLSearchParams({ q: SCOPED })}`);
    expect(await page.title()).toContain(SCOPED);
    const limited = await page.locator('#result .place').allTextContents();
    expect(await page.locator('#status').textContent()).toContain('What the record says');
    await page.locator('#result .chips a').click();
    await page.waitForURL(/scope=false/u);
    expect(await page.locator('#result .place').allTextContents()).not.toEqual(limited);
    await page.goBack();
    await page.locator('#result .chips a[title]').waitFor();
    expect(await page.locator('#result .place').allTextContents()).toEqual(limited);
    expect(complaints).toEqual([]);
  });

  it('shows passages and quotations as they come, and then the page’s own rendering of them', async () => {
    const { page, complaints } = await visitor(room().browser, room().server.url);
    const { passages, citations } = await ask(OVER_A_PAGE_BREAK);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/?q=*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/');
    await page.fill('#q', OVER_A_PAGE_BREAK);
    await page.keyboard.press('Enter');
    const quotes = citations.map(({ quote }) => quote);
    await expect.poll(() => page.locator('#result blockquote').allTextContents()).toEqual(quotes);
    expect(await page.locator('#result .snippet').count()).toBe(passages.length);
    expect(await page.locator('#result').getAttribute('aria-busy')).toBe('true');
    expect(await page.locator('#result .copies').count()).toBe(0);
    release();
    await page.locator('#result .copies').first().waitFor();
    expect(await page.locator('#result blockquote').allTextContents()).toEqual(quotes);
    expect(await page.locator('#result').getAttribute('aria-busy')).toBe(null);
    expect(complaints).toEqual([]);
  });

  it('loads the page where the answer cannot be fetched', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.route('**/v1/ask', (route) => route.abort());
    await page.goto('/');
    await page.fill('#q', SCOPED);
    await page.keyboard.press('Enter');
    await page.locator('#result .chips').waitFor();
    expect(await page.locator('#result blockquote').count()).toBeGreaterThan(0);
  });

  it('copies what the fields hold', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page } = await visitor(room().browser, room().server.url, { permissions });
    await page.goto(asking(OVER_A_PAGE_BREAK));
    const quote = (await page.locator('#citation-1 blockquote').textContent()) ?? '';
    await page.locator('#citation-1 summary').click();
    for (const form of ['Plain text', 'Markdown', 'UN style', 'BibTeX', 'CSL-JSON']) {
      await page.getByRole('button', { name: `Copy ${form} of quotation 1` }).click();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).toBe(await page.getByLabel(`${form} of quotation 1`, { exact: true }).inputValue());
      const plain = form === 'CSL-JSON' ? JSON.parse(copied)[0].annote : copied.replaceAll('\\%', '%');
      expect(plain).toContain(quote);
    }
  });

  it('asks on below the answer, with what was asked before in the address', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.goto(asking(SCOPED));
    await page.fill('#follow-up', 'and in 2023?');
    await page.keyboard.press('Enter');
    await page.locator('#result .chips .says').getByText('understood as').waitFor();
    expect(new URL(page.url()).searchParams.getAll('after')).toEqual([SCOPED]);
    expect(new URL(page.url()).searchParams.get('q')).toBe('and in 2023?');
    const shown = await page.locator('#result').textContent();
    expect(await page.inputValue('#q')).toBe('What was said about corruption in 2023?');
    await page.reload();
    expect(await page.locator('#result').textContent()).toBe(shown);
    await page
      .locator('#result .chips')
      .getByRole('link', { name: /understood as/u })
      .click();
    await expect.poll(() => new URL(page.url()).searchParams.has('after')).toBe(false);
  });

  it('keeps questions in the browser, until they are cleared or not wanted', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.goto('/');
    expect(await page.locator('#history').isVisible()).toBe(false);
    await page.goto(asking(SCOPED));
    await page.fill('#q', 'What was said about fraud?');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('#history-list a').allTextContents())
      .toEqual(['What was said about fraud?', SCOPED]);
    await page.goto('/');
    await page.getByRole('link', { name: SCOPED }).click();
    await page.locator('#result .chips').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.locator('#history').isVisible()).toBe(false);
    await page.goto(asking(SCOPED));
    await page.getByLabel('Keep my questions').uncheck();
    await page.goto(asking('What was said about fraud?'));
    expect(await page.locator('#history-list a').count()).toBe(0);
    expect(await page.getByLabel('Keep my questions').isChecked()).toBe(false);
    await page.getByLabel('Keep my questions').check();
    await page.reload();
    expect(await page.locator('#history-list a').count()).toBe(1);
  });

  it('steps through hits without asking the server again', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.goto(`${RECORD}?find=terrorism`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const total = await page.locator('mark.hit[id]').count();
    await page.locator('#hit-before').click();
    expect(await page.locator('mark[aria-current]').getAttribute('id')).toBe(`hit-${total}`);
    await page.locator('#hit-after').click();
    await page.locator('#hit-after').click();
    expect(await page.locator('mark[aria-current]').getAttribute('id')).toBe('hit-2');
    expect(await page.locator('#hit').textContent()).toBe('2');
    expect(asked).toEqual([]);
    expect(page.url()).toContain('hit=2#hit-2');
  });

  it('goes from a footnote’s mark to the footnote, and back', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.goto(RECORD);
    await page.getByRole('link', { name: 'Footnote 13', exact: true }).click();
    const note = page.locator('.footnote:target');
    expect(await note.count()).toBe(1);
    await note.locator('a').first().click();
    expect(await page.locator('.reference a:target').textContent()).toBe('13');
  });

  it('does everything but keep a history without scripts', async () => {
    const { page, complaints } = await visitor(room().browser, room().server.url, {
      javaScriptEnabled: false,
    });
    await page.goto('/');
    await page.fill('#q', SCOPED);
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/u);
    const limited = await page.locator('#result .place').allTextContents();
    await page.locator('#result .chips a').click();
    await page.waitForURL(/scope=false/u);
    expect(await page.locator('#result .place').allTextContents()).not.toEqual(limited);
    await page.locator('.filters summary').click();
    await page.getByLabel('2024').check();
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.waitForURL(/year=2024/u);
    const quote = await page.locator('#citation-1 blockquote').textContent();
    await page.locator('#citation-1 summary').click();
    expect(await page.getByLabel('Plain text of quotation 1', { exact: true }).inputValue()).toContain(quote);
    expect(await page.getByRole('button', { name: /^Copy/u }).count()).toBe(0);
    await page.locator('#citation-1 h3 a').click();
    await page.waitForURL(/mark=/u);
    expect((await page.locator('mark.quoted').allTextContents()).join('')).toBe(quote);
    await page.fill('#find', 'terrorism');
    await page.keyboard.press('Enter');
    await page.waitForURL(/find=/u);
    await page.locator('#hit-after').click();
    await page.waitForURL(/hit=2/u);
    expect(await page.locator('mark[aria-current]').getAttribute('id')).toBe('hit-2');
    expect(complaints).toEqual([]);
  });

  it('gives files with the words of the table', async () => {
    const { page } = await visitor(room().browser, room().server.url, { javaScriptEnabled: false });
    await page.goto('/search?q=prison+overcrowding&filter=prison');
    await page.getByRole('link', { name: 'Paragraph', exact: true }).click();
    await page.waitForURL(/sort=paragraph/u);
    const words = await page.locator('td.column-words').allTextContents();
    expect(words.length).toBeGreaterThan(3);
    for (const form of ['CSV', 'JSON']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: `Download ${form}` }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`paragraphs.${form.toLowerCase()}`);
      let text = '';
      for await (const part of await download.createReadStream()) text += String(part);
      const plain = form === 'JSON' ? JSON.parse(text).map((row: { words: string }) => row.words) : text;
      for (const each of words) expect(plain).toContain(form === 'CSV' ? each.replaceAll('"', '""') : each);
    }
  });
});

/** Whether what is marked stands in the window. */
function inSight(page: { evaluate<T>(script: string): Promise<T> }): Promise<boolean> {
  return page.evaluate<boolean>(
    `(() => { const { top, bottom } = document.querySelector('mark.quoted').getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight; })()`,
  );
}
