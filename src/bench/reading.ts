import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { chromium } from 'playwright-core';
import { loadCorpus, type RecordDocument } from '../corpus/index.js';
import { createApp } from '../http/index.js';
import type { Responder } from '../response/index.js';
import { freePort } from './program.js';
import { type Line, median, quantile, timed } from './timing.js';

const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
/** Length of the made-up record, in characters. */
const LENGTH = 10_000_000;
const ROUNDS = 3;
const STEPS = 60;
const STEP_PX = 700;
/** Paragraph whose anchor is opened. */
const FAR = 11_000;
const WORDS =
  'speakers noted that the importance of measures against crime should be underlined including through cooperation among national authorities and prisons courts police victims witnesses training data'.split(
    ' ',
  );

/** A record of 10 MB in a browser: first paint, and frames while it is scrolled. */
export async function benchReading(work: string): Promise<Line[]> {
  const executablePath = CHROMIUM.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined) return [{ what: 'skipped: no Chromium was found', value: 0, unit: '' }];
  const corpus = path.join(work, 'long');
  await mkdir(corpus);
  await writeFile(path.join(corpus, 'long.txt'), longRecord());
  await writeFile(
    path.join(corpus, 'long.json'),
    JSON.stringify({ id: 'long', title: 'A long record', date: '2024-01-01', language: 'en' }),
  );
  const { documents } = await loadCorpus(corpus);
  const port = await freePort();
  const app = createApp({
    responder: () => ({ ready: readOnly(documents) }),
    onError: (error) => console.error(error),
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
  const url = `http://127.0.0.1:${port}/documents/long`;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const paints: number[] = [];
  const loads: number[] = [];
  const anchors: number[] = [];
  const frames: number[] = [];
  let bytes = 0;
  const served: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      served.push(
        await timed(async () => {
          bytes = (await (await fetch(url)).arrayBuffer()).byteLength;
        }),
      );
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      loads.push(await timed(() => page.goto(url, { waitUntil: 'load' })));
      paints.push(
        await page.evaluate<number>(
          `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
        ),
      );
      frames.push(...(await page.evaluate<number[]>(SCROLL)));
      anchors.push(
        await timed(() => page.evaluate(`document.getElementById('para-${FAR}')?.scrollIntoView()`)),
      );
      await page.close();
    }
  } finally {
    await browser.close();
    server.close();
  }
  return [
    { what: 'page of the record', value: bytes / 1e6, unit: 'MB' },
    { what: 'served whole', value: median(served), unit: 'ms' },
    { what: 'first paint', value: median(paints), unit: 'ms' },
    { what: 'loaded', value: median(loads), unit: 'ms' },
    { what: `frame of a scroll by ${STEP_PX} px, p50`, value: quantile(frames, 0.5), unit: 'ms' },
    { what: `frame of a scroll by ${STEP_PX} px, p95`, value: quantile(frames, 0.95), unit: 'ms' },
    { what: `to paragraph ${FAR}`, value: median(anchors), unit: 'ms' },
  ];
}

/** Has the documents, and no index: reading needs none, and building one of 10 MB takes minutes. */
function readOnly(documents: readonly RecordDocument[]): Responder {
  const nothing = () => Promise.reject(new Error('only read here'));
  return {
    documents,
    identity: 'none',
    builtAt: new Date(0).toISOString(),
    ask: nothing,
    search: nothing,
    verify: nothing,
    verifyDraft: nothing,
    digest: nothing,
  };
}

/** Runs in the page: scrolls step by step, and says how long each frame took. */
const SCROLL = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  await frame();
  for (let step = 0; step < ${STEPS}; step += 1) {
    const before = performance.now();
    scrollBy(0, ${STEP_PX});
    await frame();
    times.push(performance.now() - before);
  }
  return times;
})()`;

function longRecord(): string {
  const lines = ['A long record', ''];
  let length = 0;
  for (let number = 1; length < LENGTH; number += 1) {
    if (number % 200 === 1)
      lines.push(`(${String.fromCharCode(97 + ((number / 200) % 26))}) Section ${number}`, '');
    const words = Array.from(
      { length: 90 },
      (_, i) => WORDS[(number * 31 + i * 17 + (i % 7) * number) % WORDS.length],
    );
    const line = `${number}. Speakers of meeting ${number} agreed: ${words.join(' ')}.`;
    lines.push(line, '');
    length += line.length;
  }
  return lines.join('\n');
}
