import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/corpus/index.js';
import { readSet } from '../../src/eval/run.js';
import { loadRecord, ROOT } from '../support/fixtures.js';

const HOSTILE = '# Hostile ones.';

describe('the configuration for promptfoo', () => {
  it('asks questions of the development half, and expects what that half does', async () => {
    const config = await readFile(path.join(ROOT, 'eval/promptfoo/promptfooconfig.yaml'), 'utf8');
    const [known = '', hostile = ''] = config.split(HOSTILE);
    const set = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
    const asked = [
      ...known.matchAll(
        /vars:\n +question: (?<question>.+)(?:\n +paragraph: (?<paragraph>\d+)\n +words: (?<words>.+))?$/gmu,
      ),
    ].map(({ groups }) => groups ?? {});
    expect(asked).toHaveLength(12);
    const { paragraphs } = await loadRecord();
    for (const { question, paragraph, words } of asked) {
      const meant = set.find((one) => one.question === question);
      expect(meant, question).toBeDefined();
      if (paragraph === undefined) expect(meant?.gold).toEqual([]);
      else expect(meant?.gold).toContain(Number(paragraph));
      const found = paragraphs.find(({ number }) => String(number) === paragraph);
      if (words !== undefined) expect(found && textOf(found)).toContain(words);
    }
    expect(hostile.match(/^ +question: /gmu)).toHaveLength(9);
  });
});
