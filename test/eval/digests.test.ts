import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { evalCommand } from '../../src/cli/eval.js';
import { testConfig } from '../support/service.js';
import { temporaryFolder } from '../support/temporary.js';

afterEach(() => vi.restoreAllMocks());

it('tells how right digests are: themes against their gold, and what is beside the record', async () => {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  const set = path.join(await temporaryFolder(), 'own.jsonl');
  const questions = [
    { id: 'all', question: 'climate change', kind: 'theme', gold: [72, 113, 161] },
    { id: 'half', question: 'sport', kind: 'theme', gold: [24, 50, 1, 2] },
    { id: 'beside', question: 'penguins', kind: 'far', gold: [] },
    { id: 'single', question: 'Why is prison overcrowding an obstacle?', kind: 'fact', gold: [71] },
  ];
  await writeFile(set, questions.map((question) => JSON.stringify(question)).join('\n'));
  const passed = await evalCommand(testConfig(), {
    set,
    json: false,
    digest: true,
    split: undefined,
    peers: false,
    report: undefined,
    compare: undefined,
    exportTo: undefined,
  });
  expect(passed).toBe(true);
  const text = printed.join('\n');
  expect(text).toMatch(/precision\) +\| 2 +\| \.75 \[/u);
  expect(text).toMatch(/recall\) +\| 2 +\| \.75 \[/u);
  expect(text).toMatch(/F1 +\| 2 +\| \.75 \[/u);
  expect(text).toMatch(/empty where beside the record +\| 1 +\| 1\.00 \[/u);
});
