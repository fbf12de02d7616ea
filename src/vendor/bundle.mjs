// Puts what src/vendor takes from other packages into dist/vendor, each file whole. Their versions cannot be held where Paracite is
// installed as a dependency (`overrides` count only at the root), and they bring old, heavy or downloading packages that are not used.
// Written only where something changed, and at once, so that a running program never reads half a file.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const from = path.join(root, 'src/vendor');
const to = path.join(root, 'dist/vendor');
/** Files that are taken as they are. */
const COPIED = { 'swagger-ui-dist': ['swagger-ui-bundle.js', 'swagger-ui.css'] };
const LICENCES = path.join(to, 'LICENCES.txt');

const { dependencies } = JSON.parse(read(path.join(root, 'package.json')));
const installed = Object.keys(dependencies);
const entries = readdirSync(from).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
const state = createHash('sha256');
for (const file of [
  fileURLToPath(import.meta.url),
  path.join(root, 'package-lock.json'),
  ...entries.map((name) => path.join(from, name)),
])
  state.update(read(file));
const stamp = `// Bundled from ${state.digest('hex').slice(0, 16)}; see LICENCES.txt`;

mkdirSync(to, { recursive: true });
const targets = entries.map((name) => [name, path.join(to, name.replace(/\.ts$/u, '.js'))]);
const whole = [
  LICENCES,
  ...Object.values(COPIED).flatMap((names) => names.map((name) => path.join(to, name))),
];
if (
  !targets.every(([, target]) => read(target).startsWith(stamp)) ||
  !whole.every((file) => existsSync(file))
) {
  const { rolldown } = await import('rolldown');
  const packages = new Map();
  for (const [name, target] of targets) {
    const bundle = await rolldown({
      input: path.join(from, name),
      platform: 'node',
      external: (id) =>
        id.startsWith('node:') || installed.some((one) => id === one || id.startsWith(`${one}/`)),
      resolve: {
        alias: {
          // Tensors and sessions are onnxruntime's own; the one for browsers is of no use.
          'onnxruntime-web': path.join(from, 'nothing.mjs'),
        },
      },
      logLevel: 'warn',
    });
    const {
      output: [chunk, ...more],
    } = await bundle.generate({
      format: 'esm',
      codeSplitting: false,
      comments: { legal: false, jsdoc: false },
    });
    await bundle.close();
    if (more.length > 0) throw new Error(`${name} is bundled into more than one file`);
    for (const id of chunk.moduleIds) note(id, packages);
    put(target, `${stamp}\n${chunk.code}`);
  }
  for (const [name, files] of Object.entries(COPIED)) {
    const folder = path.join(root, 'node_modules', name);
    note(`${folder}/`, packages);
    for (const file of files) put(path.join(to, file), read(path.join(folder, file)));
  }
  put(LICENCES, licences(packages));
}

/** Notes the package that a module is of. */
function note(id, packages) {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(id) ?? [];
  if (folder === undefined || packages.has(folder)) return;
  packages.set(folder, JSON.parse(read(path.join(folder, 'package.json'))));
}

function licences(packages) {
  const parts = [...packages].map(([folder, { name, version, license }]) => {
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/iu.test(entry));
    return `${name} ${version} (${license})\n\n${file ? read(path.join(folder, file)).trim() : ''}\n`;
  });
  return `What dist/vendor is made of.\n\n${parts.sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function put(file, text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
