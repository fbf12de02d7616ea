// Puts the styles together, in the order of their names, beside the compiled scripts. Written only where they
// changed, so that a running server never reads half a file.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const from = new URL('styles/', import.meta.url);
const folder = new URL('../../dist/client/', import.meta.url);
const to = new URL('style.css', folder);

const styles = readdirSync(from)
  .filter((name) => name.endsWith('.css'))
  .sort()
  .map((name) => readFileSync(new URL(name, from), 'utf8'))
  .join('\n');

mkdirSync(folder, { recursive: true });
if (styles !== current()) {
  const fresh = new URL('style.css.new', folder);
  writeFileSync(fresh, styles);
  renameSync(fresh, to);
}

function current() {
  try {
    return readFileSync(to, 'utf8');
  } catch {
    return null;
  }
}
