import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../../src/eval/scripted-model.js';
import {
  barriers,
  CHROMIUM,
  DESKTOP,
  NARROWEST,
  NO_BROWSER,
  openBrowser,
  openServer,
  overflow,
  type Room,
  visitor,
} from '../support/browser.js';
import { workspace } from '../support/small-corpus.js';
import { numberOf } from '../support/written.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
const GLOBAL = 'Despite regional variations, prison overcrowding remained a global challenge';
/** Its source says the root causes. */
const TURNED =
  'Most speakers stressed the need to focus efforts on the symptoms of overcrowding, not its root causes';
const OWN_WORDS = /^Most speakers identified prison overcrowding .+ rather than merely its symptoms\.$/u;
const INVENTED = 'The Prison Fund of Lucerne paid 45 million dollars in Zanzibar';

describe.skipIf(CHROMIUM === null)(`a written answer in a browser${NO_BROWSER}`, () => {
  let room: Room;
  let model: ScriptedModel;
  let folder: Awaited<ReturnType<typeof workspace>>;
  /** What the model waits for after its first sentence. */
  let held: Promise<unknown> = Promise.resolve();

  beforeAll(async () => {
    model = await startScriptedModel((request) => {
      const [global, obstacle] = [numberOf(request, 70), numberOf(request, 71)];
      const rest = `${TURNED} [${obstacle}]. ${INVENTED} [${obstacle}].`;
      if (request.messages.length > 2) return { text: `2: ${TURNED} [${obstacle}].\n3: -` };
      return { text: [`${GLOBAL} [${global}]. Most `, held, rest.replace(/^Most /u, '')] };
    });
    folder = await workspace();
    const settings = { ANSWER_MODEL: 'openai:scripted', ANSWER_MODEL_URL: model.url };
    const [browser, server] = await Promise.all([openBrowser(), openServer(settings, folder.folder)]);
    room = { browser, server };
  });
  afterAll(async () => {
    await room.browser.close();
    room.server.process.kill('SIGTERM');
    await room.server.finished;
    await model.close();
    await folder.remove();
  });

  it('comes sentence by sentence, quotes the record where it cannot be proved, and leads to the place', async () => {
    const { page, complaints } = await visitor(room.browser, room.server.url);
    let goOn: () => void = () => undefined;
    held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.goto('/');
    await page.fill('#q', QUESTION);
    await page.keyboard.press('Enter');
    // The model still writes.
    await page.locator('.written p').first().waitFor();
    expect(await page.locator('.written p').allTextContents()).toEqual([`${GLOBAL} [1].`]);
    expect(await page.locator('.written blockquote').count()).toBe(0);
    expect(await page.locator('#result').getAttribute('aria-busy')).toBe('true');
    goOn();
    await page.locator('#result .written blockquote a').first().waitFor();
    expect(await page.locator('.written p').allTextContents()).toEqual([`${GLOBAL} [1].`]);
    const quoted = page.locator('.written blockquote');
    expect(await quoted.count()).toBe(1);
    expect(await quoted.textContent()).toMatch(/^The record says \(para\. 71\): “Most .+\.” \[2\]$/u);
    const words = (await quoted.locator('a').first().textContent()) ?? '';
    expect(words).toMatch(OWN_WORDS);
    expect(await page.locator('#citation-2 blockquote').textContent()).toBe(words);
    expect(await page.locator('#result').textContent()).toContain('1 of 3 could not be proved');
    expect(await page.locator('#result').textContent()).not.toContain('Zanzibar');

    await quoted.locator('a').first().click();
    await page.waitForURL(/#para-71$/u);
    expect((await page.locator('mark.quoted').allTextContents()).join('')).toBe(words);
    expect(complaints).toEqual([]);
  });

  it.each([DESKTOP, NARROWEST])(
    'has a line beside what is quoted, no barrier and no scrolling sideways, %j',
    async (viewport) => {
      held = Promise.resolve();
      const { page, complaints } = await visitor(room.browser, room.server.url, { viewport });
      await page.goto(`/?q=${encodeURIComponent(QUESTION)}`);
      const line = (selector: string) =>
        page.evaluate<string>(
          `getComputedStyle(document.querySelector('${selector}')).borderInlineStartWidth`,
        );
      expect(await line('.written blockquote')).toBe('3px');
      expect(await line('.written p')).toBe('0px');
      expect(await barriers(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    },
  );
});
