import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../support/build.js';
import { RECORD_ID } from '../support/fixtures.js';
import { run } from '../support/program.js';
import { searchShape } from '../support/shapes.js';
import { temporaryFolder } from '../support/temporary.js';

beforeAll(build);

async function paracite(...args: string[]) {
  return run(['search', ...args], {}, await temporaryFolder());
}

describe('paracite search', () => {
  it('lists ranked paragraphs in words', async () => {
    const { code, stdout, stderr } = await paracite('prison', 'overcrowding', '--limit', '2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^1\. para\. 71, II\. .* > \(c\) .* \(\d\.\d\d\)\n {3}\S/u);
    expect(stdout.match(/^\d+\. /gmu)).toHaveLength(2);
  });

  it('prints the body of /v1/search, limited by year, section and document', async () => {
    const limits = ['--year', '2022', '--year', '2023', '--section', 'prison', '--document', RECORD_ID];
    const { code, stdout } = await paracite('overcrowding', '--json', '--limit', '3', ...limits);
    expect(code).toBe(0);
    const { results, query } = searchShape.parse(JSON.parse(stdout));
    expect(query).toBe('overcrowding');
    expect(results.length).toBeGreaterThan(0);
    for (const { year, section, document } of results) {
      expect([2022, 2023]).toContain(year);
      expect(section.join(' ')).toMatch(/prison/iu);
      expect(document).toBe(RECORD_ID);
    }
  });

  it('says so where nothing is within the limits', async () => {
    const { code, stdout } = await paracite('overcrowding', '--year', '1999');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^No paragraph /u);
  });

  it.each([
    ['no query', []],
    ['a limit that is too large', ['bail', '--limit', '51']],
    ['a year that is none', ['bail', '--year', 'soon']],
    ['an unknown option', ['bail', '--loud']],
  ])('refuses %s in one line', async (_, args) => {
    const { code, stdout, stderr } = await paracite(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^paracite: [^\n]*\n$/u);
  });
});
