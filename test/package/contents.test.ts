import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/fixtures.js';

/** What is only loaded where Paracite is developed. */
const FOR_DEVELOPERS = ['dist/eval/peers.js'];
/** Most that the package may weigh, in bytes, as it is downloaded. */
const MOST = 3_700_000;

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let packed: Packed;
let files: readonly string[];
let manifest: Manifest;

beforeAll(async () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, maxBuffer: 2 ** 26 });
  const told = JSON.parse(stdout) as Packed[] | Readonly<Record<string, Packed>>;
  packed = Object.values(told)[0] as Packed;
  files = packed.files.map((file) => file.path);
  manifest = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
});

describe('the package', () => {
  it('has the record, the pages’ files, and what people read', () => {
    for (const file of [
      'corpus/ccpcj-chairs-summaries-2021-2024.txt',
      'corpus/ccpcj-chairs-summaries-2021-2024.json',
      'corpus/ccpcj-chairs-summaries-2021-2024.questions.jsonl',
      'dist/client/style.css',
      'dist/client/ask.js',
      'dist/vendor/swagger-ui-bundle.js',
      'dist/vendor/LICENCES.txt',
      'dist/workers/answering.js',
      '.env.example',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
    ])
      expect(files).toContain(file);
  });

  it('has every file that it names, and the types beside them', () => {
    const named = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((conditions) => Object.values(conditions)),
    ];
    for (const file of named) expect(files).toContain(path.normalize(file));
  });

  it('has nothing that only developing needs', () => {
    expect(
      files.filter((file) => /^(?:src|test|eval|index|\.ci)\/|bench|tsbuildinfo|\.tgz$/u.test(file)),
    ).toEqual([]);
    expect(packed.size).toBeLessThan(MOST);
  });

  it('loads only what comes with Node or is installed with it', async () => {
    const missing: string[] = [];
    for (const file of files.filter((name) => name.endsWith('.js') && name.startsWith('dist/'))) {
      if (FOR_DEVELOPERS.includes(file) || file.startsWith('dist/client/') || /swagger/u.test(file)) continue;
      const code = await readFile(path.join(ROOT, file), 'utf8');
      const imported = code.matchAll(
        /^(?:import|export)\s(?:[^;'"`]*\sfrom\s)?["']([^'"]+)["']|\bimport\(["']([^'"]+)["']\)/gmu,
      );
      for (const [, first, second] of imported) {
        const name = first ?? second ?? '';
        if (name.startsWith('.') || isBuiltin(name)) continue;
        const owner = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        if (!Object.hasOwn(manifest.dependencies, owner)) missing.push(`${file}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('says in CHANGELOG.md what its version brings', async () => {
    const changes = await readFile(path.join(ROOT, 'CHANGELOG.md'), 'utf8');
    expect(changes).toMatch(new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}\\b`, 'mu'));
  });
});
