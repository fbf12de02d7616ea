import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { completionFor } from '../../src/cli/completion.js';
import { build } from '../support/build.js';
import { run } from '../support/program.js';
import { temporaryFolder, writeFiles } from '../support/temporary.js';

const NAMES = COMMANDS.map(({ name }) => name);

/** Where one types: some files, and beside them a folder with the script. */
let folder = '';

beforeAll(async () => {
  await build();
  folder = await mkdtemp(path.join(tmpdir(), 'paracite-completion-'));
  await writeFiles(folder, { 'draft.md': '', 'draft two.md': '' });
  await writeFiles(path.join(folder, 'scripts'), { bash: completionFor('bash', COMMANDS) });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a real bash offers for the last word of a line, as it does on Tab. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'bash',
    [
      '--norc',
      '-uc',
      `source "$1"; shift
      read -r _ _ function _ < <(complete -p paracite)
      COMP_WORDS=(paracite "$@"); COMP_CWORD=$#
      $function
      printf '%s\\n' "\${COMPREPLY[@]+"\${COMPREPLY[@]}"}"`,
      'bash',
      path.join(folder, 'scripts/bash'),
      ...words,
    ],
    { cwd: folder },
  );
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  it('is what the program prints', async () => {
    const { code, stdout } = await run(['completion', 'bash'], {}, folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: completionFor('bash', COMMANDS) });
  });

  it('offers every command, and those that begin as typed', async () => {
    expect(await offered('')).toEqual([...NAMES, 'help', '--help', '--version']);
    expect(await offered('s')).toEqual(NAMES.filter((name) => name.startsWith('s')));
    expect(await offered('help', 'di')).toEqual(['digest']);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'offers the options of %s',
    async (name, { options = [] }) => {
      const expected = [...options.map((option) => `--${option.name}`), '--help'];
      expect(await offered(name, '-')).toEqual(expected);
    },
  );

  it('offers the values of an option: words, files, folders, or nothing', async () => {
    expect(await offered('digest', 'bail', '--format', 'm')).toEqual(['markdown']);
    expect((await offered('eval', '--set', 'd')).sort()).toEqual(['draft two.md', 'draft.md']);
    expect(await offered('eval', '--export', '')).toEqual(['scripts']);
    expect(await offered('ask', '--limit', '')).toEqual([]);
  });

  it('offers what a command is about', async () => {
    expect((await offered('verify', 'draft')).sort()).toEqual(['draft two.md', 'draft.md']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('ask', 'd')).toEqual([]);
  });
});

describe('completion in other shells', () => {
  it.each(['zsh', 'fish'])('knows every command and option in %s', async (shell) => {
    const text = completionFor(shell, COMMANDS);
    for (const { name, options = [] } of COMMANDS) {
      expect(text).toContain(name);
      for (const option of options) expect(text).toMatch(new RegExp(`(?:--|-l )${option.name}\\b`, 'u'));
    }
  });

  it.each(['zsh', 'fish'])('is a script that %s can read, where there is one', async (shell) => {
    const file = path.join(await temporaryFolder({ script: completionFor(shell, COMMANDS) }), 'script');
    const read = promisify(execFile)(shell, ['-n', file]);
    await read.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  });

  it('is refused for a shell that it does not know', async () => {
    const { code, stderr } = await run(['completion', 'tcsh'], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^paracite: .*bash, zsh, fish.*"tcsh".*--help/u);
  });
});
