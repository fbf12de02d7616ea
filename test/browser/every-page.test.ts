import { describe, expect, it } from 'vitest';
import { barriers, CHROMIUM, NARROWEST, NO_BROWSER, overflow, useRoom, visitor } from '../support/browser.js';
import { RECORD_ID } from '../support/fixtures.js';

const RECORD = `/documents/${RECORD_ID}`;
const PAGES = [
  '/',
  asking('Why is prison overcrowding an obstacle?'),
  asking('What was said about corruption in 2021?'),
  asking('How do I bake sourdough bread?'),
  asking('What was said about fraud?', '&year=2024&section=crime'),
  '/search',
  '/search?q=prison+overcrowding&sort=year&filter=prison',
  '/documents',
  RECORD,
  `${RECORD}?find=prison`,
  `${RECORD}?mark=15477-15591,16198-16305#para-13`,
  '/nothing',
];

function asking(question: string, more = ''): string {
  return `/?q=${encodeURIComponent(question)}${more}`;
}

describe.skipIf(CHROMIUM === null)(`every page in a browser${NO_BROWSER}`, () => {
  const room = useRoom();

  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    it.each(PAGES)('has no barrier, no complaint, and no sideways scrolling on a phone: %s', async (path) => {
      const { page, complaints } = await visitor(room().browser, room().server.url, { colorScheme });
      await page.goto(path);
      expect(await barriers(page)).toEqual([]);
      await page.setViewportSize(NARROWEST);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      if (colorScheme === 'light') expect(await barriers(page)).toEqual([]);
      expect(complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))).toEqual([]);
    });
  });

  it('puts each part of a page where those who hear it look for it', async () => {
    const { page } = await visitor(room().browser, room().server.url);
    await page.goto(PAGES[1] ?? '');
    for (const role of ['banner', 'navigation', 'main', 'search', 'contentinfo'] as const) {
      expect(await page.getByRole(role).count(), role).toBe(1);
    }
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toContain('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  });
});
