import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from '../support/app.js';
import { attributes, elements, skeleton, textOf } from '../support/html.js';

const WORDS = 'deprivation of liberty should be used as a measure of last resort';

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app.close());

async function verified(text: string, paragraph = ''): Promise<string> {
  const body = new URLSearchParams({ text, paragraph });
  const response = await app.request('/verify', { method: 'POST', body });
  expect(response.status).toBe(200);
  return response.text();
}

function items(html: string): string[] {
  return elements(html, 'li').filter((item) => item.includes('class="verdict"'));
}

describe('the page that verifies', () => {
  it('starts with an empty form', async () => {
    const html = await (await app.request('/verify')).text();
    expect(elements(html, 'textarea').map(textOf)).toEqual(['\n']);
    expect(items(html)).toEqual([]);
  });

  it('keeps the draft as it was, and sums up what was found', async () => {
    const text = `\n  “${WORDS}” (para. 71).\n\n“${WORDS.replace('should', 'must')}” (para. 71).\n`;
    const html = await verified(text);
    expect(elements(html, 'textarea').map(textOf)).toEqual([`\n${text}`]);
    expect(textOf(html)).toContain('1 verbatim, 1 altered.');
    expect(items(html).map((item) => textOf(elements(item, 'h3')[0] ?? ''))).toEqual([
      'Verbatim line 2',
      'Altered line 4',
    ]);
  });

  it('shows the words that differ, to those who hear it too', async () => {
    const [item = ''] = items(await verified(WORDS.replace('should', 'must')));
    expect(elements(item, 'del').map(textOf)).toEqual(['In the draft: must;']);
    expect(elements(item, 'ins').map(textOf)).toEqual(['In the record: should;']);
  });

  it('leads to the paragraph that has the words, marked', async () => {
    const [item = ''] = items(await verified(`“${WORDS}” (para. 72).`));
    expect(textOf(item)).toContain('Another paragraph');
    expect(textOf(item)).toContain('Said to stand in para. 72.');
    const [href = ''] = attributes(item, 'href');
    expect(href).toMatch(/^\/documents\/[\w-]+\?mark=\d+-\d+#para-71$/u);
    const read = await (await app.request(href)).text();
    expect(elements(read, 'mark').map(textOf).join('')).toBe(WORDS);
  });

  it('takes the paragraph of the form for what names none', async () => {
    const [item = ''] = items(await verified(WORDS, '72'));
    expect(textOf(item)).toContain('Another paragraph');
    expect(textOf(items(await verified(WORDS, '71'))[0] ?? '')).toContain('Verbatim');
  });

  it('shows the pieces of what was stitched together, and what few words do not prove', async () => {
    const [stitched = ''] = items(await verified('“This document has … been edited”'));
    expect(attributes(stitched, 'href')).toHaveLength(2);
    const [short = ''] = items(await verified('“criminal justice”'));
    expect(textOf(short)).toContain('Too short to say');
  });

  it('keeps hostile text inside the page', async () => {
    const plain = await verified('“textarea script a script b demand b for trams”');
    const hostile = await verified('“</textarea><script>a</script> <b>demand</b> for trams”');
    expect(skeleton(hostile)).toBe(skeleton(plain));
  });

  it.each([
    ['nothing', { text: ' ' }],
    ['no text', {}],
    ['a paragraph that is none', { text: WORDS, paragraph: 'x' }],
    ['too much', { text: 'a'.repeat(200_001) }],
  ])('refuses %s', async (_, body) => {
    const init = { method: 'POST', body: new URLSearchParams(body as Record<string, string>) };
    expect((await app.request('/verify', init)).status).toBe(400);
    expect((await app.request('/verify', { method: 'DELETE' })).headers.get('Allow')).toBe('GET, POST');
  });
});
