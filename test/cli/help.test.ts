import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { build } from '../support/build.js';
import { ROOT } from '../support/fixtures.js';
import { run } from '../support/program.js';
import { temporaryFolder } from '../support/temporary.js';

beforeAll(build);

/** Settings that every command that works with the record refuses. */
const WRONG = { PORT: 'any' };

async function paracite(...args: string[]) {
  return run(args, WRONG, await temporaryFolder());
}

describe('paracite --help', () => {
  it('lists every command with what it does, settings and examples, whatever the settings are', async () => {
    const { code, stdout, stderr } = await paracite('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, group } of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'mu'));
      expect(stdout).toContain(`\n${group}:\n`);
    }
    for (const part of ['CORPUS_DIR', '.env', 'Exit codes', '$ paracite ask']) expect(stdout).toContain(part);
    expect((await paracite('help')).stdout).toBe(stdout);
    expect(await paracite()).toEqual({ code: 2, stdout, stderr: '' });
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'says of %s what it takes, with examples',
    async (name, { options = [], examples = [] }) => {
      const { code, stdout } = await paracite(name, '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: paracite ${name} `, 'u'));
      for (const option of options) expect(stdout).toContain(`  --${option.name} `);
      for (const [line] of examples) expect(stdout).toContain(`  $ ${line}`);
      expect((await paracite('help', name)).stdout).toBe(stdout);
    },
  );

  it('gives the version of the package', async () => {
    const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await paracite('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    ['serch', /unknown command "serch".*search.*paracite --help/u],
    ['help serch', /unknown command "serch".*paracite --help/u],
    ['ask --lmit 3', /unknown option "--lmit".*--limit.*paracite ask --help/u],
    ['digest --format', /--format.*missing.*paracite digest --help/u],
    ['mcp now', /"now".*paracite mcp --help/u],
    ['--loud', /unknown option "--loud".*paracite --help/u],
  ])('refuses "paracite %s" in one line with the way on', async (line, says) => {
    const { code, stdout, stderr } = await paracite(...line.split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^paracite: [^\n]*\n$/u);
    expect(stderr).toMatch(says);
  });
});
