import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, ParaciteError } from '../errors.js';
import { type Kept, readKept, textFile } from '../extract/index.js';
import { structureOf } from './extracted/index.js';
import { lineAfterGap, parseRecord, type Structure } from './parse.js';
import { strayNotesOf } from './stray.js';
import type { Corpus, CorpusProblem, Metadata, ParagraphQuestions, RecordDocument } from './types.js';

const metadataSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be made of lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  shortTitle: z.string().min(1).optional(),
  date: z.iso.date(),
  language: z.string().min(2),
  symbol: z.string().nullish(),
  body: z.string().nullish(),
});

/** Documents that are read at the same time. */
const FILES_AT_ONCE = 16;

/** Raised whenever the same extracted text would give other paragraphs. */
const STRUCTURE = 1;

const questionsSchema = z.object({
  paragraph: z.int().min(0),
  questions: z.array(z.string().trim().min(1)),
  unanswered: z.array(z.string().trim().min(1)).default([]),
});

/**
 * Reads every document of a folder: `<id>.txt`, `<id>.json` (metadata) and, where there is one,
 * `<id>.questions.jsonl`, and what has been extracted of its other files. A document that cannot be read becomes a problem; the others stay usable.
 *
 * @param refused names of files that are left out, because they could not be extracted
 * @throws ParaciteError `corpus` where the folder itself cannot be read or holds no document
 */
export async function loadCorpus(
  directory: string,
  refused: ReadonlySet<string> = new Set(),
): Promise<Corpus> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new ParaciteError(
      'corpus',
      `the corpus folder ${directory} cannot be read; set CORPUS_DIR to a folder of documents`,
      { cause },
    );
  });
  const kept = await readKept(directory);
  const extracted = new Set([...kept.values()].map(({ file }) => file));
  const ids = [
    ...names
      .filter((name) => name.endsWith('.txt') && !extracted.has(name) && !refused.has(name))
      .map((name) => name.slice(0, -'.txt'.length)),
    ...kept.keys(),
  ];
  if (ids.length === 0) {
    throw new ParaciteError('corpus', `no document (*.txt) in ${directory}; put one there or set CORPUS_DIR`);
  }
  const documents: RecordDocument[] = [];
  const problems: CorpusProblem[] = [];
  const present = new Set(names);
  const load = async (id: string): Promise<RecordDocument | CorpusProblem> => {
    try {
      const own = kept.get(id);
      return await (own ? loadExtracted(directory, own, present) : loadDocument(directory, id, present));
    } catch (error) {
      if (!(error instanceof DocumentProblem)) throw error;
      return error.problem;
    }
  };
  ids.sort();
  for (let from = 0; from < ids.length; from += FILES_AT_ONCE) {
    for (const loaded of await Promise.all(ids.slice(from, from + FILES_AT_ONCE).map(load))) {
      if ('metadata' in loaded) documents.push(loaded);
      else problems.push(loaded);
    }
  }
  return { documents, problems };
}

/** What is wrong with a document, as the user reads it. */
export function describeProblem({ file, line, message }: CorpusProblem): string {
  return line === 0 ? `${file}: ${message}` : `${file}:${line}: ${message}`;
}

class DocumentProblem extends Error {
  constructor(readonly problem: CorpusProblem) {
    super(describeProblem(problem));
  }
}

async function loadDocument(
  directory: string,
  id: string,
  present: ReadonlySet<string>,
): Promise<RecordDocument> {
  const file = path.join(directory, `${id}.txt`);
  const bytes = await readFile(file).catch((error: unknown) =>
    fail(file, 1, `cannot be read: ${messageOf(error)}`),
  );
  const metadata = await loadMetadata(directory, id);
  const source = decode(file, bytes);
  if (source.trim() === '') fail(file, 1, 'the document is empty; put its text into the file or remove it');
  const structure = (() => {
    try {
      return parseRecord(source);
    } catch (error) {
      if (error instanceof ParaciteError) return fail(file, 1, error.message);
      throw error;
    }
  })();
  const gap = lineAfterGap(source, structure);
  if (gap !== null) {
    const missing = (structure.paragraphs.at(-1)?.number ?? 0) + 1;
    fail(file, gap, `paragraph ${missing} is missing before this line; number the paragraphs without a gap`);
  }
  const sidecar = await loadQuestions(
    directory,
    id,
    new Set(structure.paragraphs.map(({ number }) => number)),
    present,
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const fingerprint = createHash('sha256')
    .update(sha256)
    .update(JSON.stringify(metadata))
    .update(sidecar.bytes)
    .digest('hex');
  const { questions } = sidecar;
  return { metadata, source, sha256, fingerprint, ...partsOf(source, structure), questions };
}

/** What has been extracted of a file: its text is the source. */
async function loadExtracted(
  directory: string,
  kept: Kept,
  present: ReadonlySet<string>,
): Promise<RecordDocument> {
  const { dated, ...metadata } = kept.metadata;
  const file = textFile(directory, metadata.id);
  const source = await readFile(file, 'utf8').catch((error: unknown) =>
    fail(path.join(directory, kept.file), 0, `what was extracted of it cannot be read: ${messageOf(error)}`),
  );
  const years = new Set(metadata.title.match(/\b(?:19|20)\d\d\b/gu));
  const [named] =
    years.size === 1 ? years : [dated === 'said' || dated === 'text' ? metadata.date.slice(0, 4) : null];
  const structure = structureOf(source, kept.blocks, named ? Number(named) : null);
  const numbers = new Set(structure.paragraphs.map(({ number }) => number));
  const sidecar = await loadQuestions(directory, metadata.id, numbers, present);
  const sha256 = createHash('sha256').update(source).digest('hex');
  const fingerprint = createHash('sha256')
    .update(sha256)
    .update(JSON.stringify([STRUCTURE, kept.metadata, kept.blocks]))
    .update(sidecar.bytes)
    .digest('hex');
  const { questions } = sidecar;
  const parts = partsOf(source, structure);
  return { metadata, file: kept.file, source, sha256, fingerprint, ...parts, questions };
}

/** What is kept of a structure: of its pieces, only what no paragraph has. */
function partsOf(source: string, structure: Structure) {
  const { paragraphs, outline } = structure;
  return { paragraphs, outline, strayNotes: strayNotesOf(source, structure) };
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail(file, lineOfFirstBadByte(bytes), 'not valid UTF-8; save the file as UTF-8');
  }
}

function lineOfFirstBadByte(bytes: Buffer): number {
  let offset = 0;
  let number = 1;
  for (const line of bytes.toString('utf8').split('\n')) {
    const expected = Buffer.from(line);
    if (!bytes.subarray(offset, offset + expected.length).equals(expected)) return number;
    offset += expected.length + 1;
    number += 1;
  }
  return number;
}

async function loadMetadata(directory: string, id: string): Promise<Metadata> {
  const file = path.join(directory, `${id}.json`);
  const text = await readFile(file, 'utf8').catch(() =>
    fail(file, 1, `no metadata for ${id}.txt; write this file with at least id, title, date and language`),
  );
  const result = metadataSchema.safeParse(parseJson(file, 1, text));
  if (!result.success) return fail(file, 1, `the metadata is wrong: ${z.prettifyError(result.error)}`);
  const { data } = result;
  if (data.id !== id) fail(file, 1, `"id" is "${data.id}" but the file is named ${id}; make them the same`);
  return {
    ...data,
    shortTitle: data.shortTitle ?? data.title,
    symbol: data.symbol ?? null,
    body: data.body ?? null,
  };
}

async function loadQuestions(
  directory: string,
  id: string,
  numbers: ReadonlySet<number>,
  present: ReadonlySet<string>,
): Promise<{ readonly bytes: string; readonly questions: readonly ParagraphQuestions[] }> {
  const name = `${id}.questions.jsonl`;
  if (!present.has(name)) return { bytes: '', questions: [] };
  const file = path.join(directory, name);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? '' : fail(file, 1, `cannot be read: ${messageOf(error)}`),
  );
  const questions = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const result = questionsSchema.safeParse(parseJson(file, index + 1, line));
    if (!result.success) {
      return fail(file, index + 1, `expected {"paragraph", "questions"}: ${z.prettifyError(result.error)}`);
    }
    if (!numbers.has(result.data.paragraph)) {
      return fail(
        file,
        index + 1,
        `the document has no paragraph ${result.data.paragraph}; correct the number`,
      );
    }
    return [result.data];
  });
  return { bytes: text, questions };
}

function parseJson(file: string, firstLine: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/u.exec(messageOf(error))?.[1];
    const before =
      position === undefined ? firstBadLine(text) : text.slice(0, Number(position)).split('\n').length - 1;
    return fail(file, firstLine + before, `not valid JSON: ${messageOf(error)}; correct this line`);
  }
}

/** Lines before the first that no valid JSON can have, for errors that name no position; all where only the end is missing. */
function firstBadLine(text: string): number {
  const lines = text.trimEnd().split('\n');
  const bad = lines.findIndex((_, i) => {
    const prefix = lines.slice(0, i + 1).join('\n');
    try {
      JSON.parse(prefix);
      return false;
    } catch (error) {
      const message = messageOf(error);
      return !/position|end of JSON|Unterminated/u.test(message);
    }
  });
  return bad === -1 ? lines.length - 1 : bad;
}

function fail(file: string, line: number, message: string): never {
  throw new DocumentProblem({ file, line, message: message.split(/\s*\n\s*/).join(' ') });
}
