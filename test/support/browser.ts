import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Server, type Settings, serveForAll } from './program.js';

/** Where a browser is found, or null: then tests that need one are skipped, and say so. */
export const CHROMIUM =
  [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ].find((file) => file !== undefined && file !== '' && existsSync(file)) ?? null;

/** For the name of a group of tests: why it is skipped, where it is. */
export const NO_BROWSER = CHROMIUM ? '' : ' (skipped: no Chromium found, set CHROMIUM to its path)';

export const DESKTOP = { width: 1280, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
/** The narrowest page that must not scroll sideways. */
export const NARROWEST = { width: 360, height: 740 } as const;

export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('no Chromium found');
  // Chromium refuses to run as root with its sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** The real server, ready to answer. End its `process` in `afterAll`. */
export async function openServer(settings: Settings, folder: string): Promise<Server> {
  const server = await serveForAll(settings, folder);
  await server.logged('ready');
  return server;
}

export interface Visitor {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, of the console and of the policy, requests elsewhere. */
  readonly complaints: string[];
}

/** A page of a browser of its own, which forgets everything when the test is over. */
export async function visitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) {
      complaints.push(`elsewhere: ${request.url()}`);
    }
  });
  return { page, complaints };
}

/** Serious and critical findings of axe-core, each with the elements that it is about. */
export async function barriers(page: Page): Promise<string[]> {
  // Run by the debugger: the page's own policy lets no script of ours in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** By how many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
