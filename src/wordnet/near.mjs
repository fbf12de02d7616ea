// Makes of WordNet's definitions a list of words that are near each other in meaning: dist/wordnet/data/near.br. Two words are as near as
// what is said to define them is alike (Lesk 1986; Patwardhan & Pedersen 2006): a word is the sum of the definitions of its meanings, the
// commonest weighing most, and of half of what is more general; each word of a definition weighs as much as it is rare. Words with a common
// meaning are near too. It needs dist/check/stems.js and dist/index/lexical.js.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { isWord, lines } from './dictionary.mjs';

const to = fileURLToPath(new URL('../../dist/wordnet/data', import.meta.url));
const target = path.join(to, 'near.br');
const FILES = { noun: 'n', verb: 'v', adj: 'a', adv: 'r' };
/** Rarer senses of a word say nothing of what people mean by it. */
const MOST_SENSES = 6;
/** Share of a sense that a derived word's, and what is more general, has. */
const DERIVED = 0.7;
const GENERAL = 0.5;
/** What a common meaning is worth, where it is the commonest of both words. */
const SAME = 0.7;
/** Definitions that a word stands in: more say nothing, and fewer than `LEAST` are of a word that few people use. */
const MOST_DEFINITIONS = 4000;
const LEAST_DEFINITIONS = 3;
/** Nearest words that are kept of each, and how near they must be, in steps of a sixteenth. */
const NEAREST = 24;
const STEPS = 16;
const LEAST_NEAR = 1.5;

const needed = ['check/stems.js', 'index/lexical.js'].map(
  (file) => new URL(`../../dist/${file}`, import.meta.url),
);
const own = fileURLToPath(import.meta.url);
const stamp = `near-${createHash('sha256')
  .update(
    [own, ...needed.map((url) => fileURLToPath(url))].map((file) => readFileSync(file, 'utf8')).join(''),
  )
  .digest('hex')}`;
if (!existsSync(path.join(to, stamp))) {
  const { basesOf } = await import(needed[0].href);
  const { termsOf } = await import(needed[1].href);
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to).filter((name) => name.startsWith('near-'))) rmSync(path.join(to, name));
  const bytes = packed(nearOf((word) => (termsOf(word).length === 0 ? '' : (basesOf(word)[0] ?? ''))));
  writeFileSync(target, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  writeFileSync(path.join(to, stamp), '');
}

/** The nearest words of each, as [stem, [number of the other, nearness in steps][]]. */
function nearOf(makeStem) {
  const stems = new Map();
  const stemOf = (word) => {
    const known = stems.get(word) ?? makeStem(word);
    stems.set(word, known);
    return known;
  };
  const synsets = new Map();
  for (const [file, pos] of Object.entries(FILES))
    for (const line of lines(`data.${file}`)) {
      const synset = readSynset(line, stemOf);
      synsets.set(pos + synset.offset, synset);
    }
  for (const [number, synset] of [...synsets.values()].entries()) synset.number = number;
  const all = [...synsets.values()];
  const definitions = new Map();
  for (const { terms } of all)
    for (const term of terms) definitions.set(term, (definitions.get(term) ?? 0) + 1);

  const { senses, used } = sensesByStem(stemOf, synsets);
  const words = [...senses.keys()]
    .filter((stem) => used.has(stem) || (definitions.get(stem) ?? 0) >= LEAST_DEFINITIONS)
    .sort();
  const dimensions = new Map(
    [...definitions].filter(([, n]) => n < MOST_DEFINITIONS).map(([term], i) => [term, i]),
  );
  const weights = new Map(
    [...dimensions.keys()].map((term) => [term, Math.log(all.length / definitions.get(term))]),
  );
  const vectors = words.map((stem) => {
    const sum = new Map();
    for (const [offset, weight] of senses.get(stem)) {
      const synset = synsets.get(offset);
      addDefinition(sum, synset, weight, dimensions, weights);
      for (const above of synset.above)
        addDefinition(sum, synsets.get(above), weight * GENERAL, dimensions, weights);
    }
    const length = Math.hypot(...sum.values()) || 1;
    return [...sum].map(([dimension, value]) => [dimension, value / length]);
  });
  const columns = Array.from({ length: dimensions.size }, () => ({ words: [], values: [] }));
  for (const [word, vector] of vectors.entries())
    for (const [dimension, value] of vector) {
      columns[dimension].words.push(word);
      columns[dimension].values.push(value);
    }
  for (const column of columns) {
    column.words = Uint16Array.from(column.words);
    column.values = Float32Array.from(column.values);
  }
  const withSense = Array.from({ length: all.length }, () => []);
  for (const [word, stem] of words.entries())
    for (const [offset, weight] of senses.get(stem))
      withSense[synsets.get(offset).number].push([word, weight]);

  const scores = new Float64Array(words.length);
  return words.map((stem, word) => {
    scores.fill(0);
    for (const [dimension, value] of vectors[word]) {
      const column = columns[dimension];
      for (let i = 0; i < column.words.length; i += 1) scores[column.words[i]] += value * column.values[i];
    }
    for (const [offset, weight] of senses.get(stem))
      for (const [other, others] of withSense[synsets.get(offset).number])
        scores[other] = Math.max(scores[other], SAME * weight * others);
    const near = [];
    for (let other = 0; other < scores.length; other += 1) {
      const steps = STEPS * scores[other];
      if (steps >= LEAST_NEAR && other !== word) near.push([other, Math.min(STEPS, steps)]);
    }
    const nearest = near.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NEAREST);
    return [stem, nearest.sort((a, b) => a[0] - b[0])];
  });
}

function addDefinition(sum, { terms }, weight, dimensions, weights) {
  const kept = [...terms].filter((term) => dimensions.has(term));
  const length = Math.hypot(...kept.map((term) => weights.get(term))) || 1;
  for (const term of kept) {
    const dimension = dimensions.get(term);
    sum.set(dimension, (sum.get(dimension) ?? 0) + (weight * weights.get(term)) / length);
  }
}

/** Meanings of each stem by offset, with how much they weigh; and which stems a tagged text has. */
function sensesByStem(stemOf, synsets) {
  const senses = new Map();
  const used = new Set();
  const note = (stem, offset, weight) => {
    if (stem === '') return;
    const known = senses.get(stem) ?? new Map();
    senses.set(stem, known.set(offset, Math.max(known.get(offset) ?? 0, weight)));
  };
  for (const [file, pos] of Object.entries(FILES))
    for (const line of lines(`index.${file}`)) {
      const parts = line.split(/ +/u);
      if (!isWord(parts[0])) continue;
      const number = Number(parts[2]);
      if (Number(parts[parts.length - number - 1]) > 0) used.add(stemOf(parts[0]));
      for (const [rank, offset] of parts.slice(-number).slice(0, MOST_SENSES).entries())
        note(stemOf(parts[0]), pos + offset, 1 / (rank + 1));
    }
  for (const [stem, own] of [...senses].map(([stem, known]) => [stem, [...known]]))
    for (const [offset, weight] of own)
      for (const { from, aim } of synsets.get(offset).derived)
        if (from === stem && synsets.has(aim)) note(stem, aim, weight * DERIVED);
  return { senses, used };
}

function readSynset(line, stemOf) {
  const [head, gloss = ''] = line.split(' | ');
  const parts = head.split(' ');
  const count = Number.parseInt(parts[3], 16);
  const words = Array.from({ length: count }, (_, i) =>
    parts[4 + 2 * i].replace(/\(.*\)/u, '').toLowerCase(),
  );
  const start = 5 + 2 * count;
  const above = [];
  const derived = [];
  for (let i = 0; i < Number(parts[start - 1]); i += 1) {
    const [kind, offset, aimed, ends] = parts.slice(start + 4 * i, start + 4 * i + 4);
    const aim = (aimed === 's' ? 'a' : aimed) + offset;
    const from = Number.parseInt(ends.slice(0, 2), 16);
    if (kind === '@' || kind === '@i') above.push(aim);
    if ((kind === '+' || kind === '\\') && from > 0) derived.push({ from: stemOf(words[from - 1]), aim });
  }
  const said = [
    ...(gloss.toLowerCase().match(/[a-z]+/gu) ?? []),
    ...words.flatMap((word) => word.split('_')),
  ];
  const terms = new Set(said.map(stemOf));
  terms.delete('');
  return { offset: parts[0], terms, above, derived };
}

/** Length and text of the stems, a line each; how many are near each; the differences of their numbers, low bytes and high ones; how near. */
function packed(near) {
  const text = Buffer.from(near.map(([stem]) => stem).join('\n'));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const flat = near.flatMap(([, others]) => others);
  const numbers = Buffer.alloc(2 * flat.length);
  const differences = near.flatMap(([, others]) =>
    others.map(([number], i) => number - (others[i - 1]?.[0] ?? 0)),
  );
  for (const [i, difference] of differences.entries()) {
    numbers[i] = difference & 255;
    numbers[flat.length + i] = difference >> 8;
  }
  return Buffer.concat([
    size,
    text,
    Buffer.from(near.map(([, others]) => others.length)),
    numbers,
    Buffer.from(flat.map(([, steps]) => Math.round(steps))),
  ]);
}
