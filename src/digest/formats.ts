import { toCsv } from './csv.js';
import { toDocx } from './docx.js';
import { toMarkdown } from './markdown.js';
import type { PlainDigest } from './types.js';

export const FORMATS = ['json', 'markdown', 'csv', 'docx'] as const;

export type Format = (typeof FORMATS)[number];

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json',
  markdown: 'text/markdown',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

const EXTENSIONS: Readonly<Record<Format, string>> = {
  json: 'json',
  markdown: 'md',
  csv: 'csv',
  docx: 'docx',
};

/** Longest part of a file's name that comes from the topic, in characters. */
const MAX_SLUG = 60;

/** A digest as a file. */
export async function written(digest: PlainDigest, format: Format): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(digest, null, 2)}\n`;
    case 'markdown':
      return toMarkdown(digest);
    case 'csv':
      return toCsv(digest);
    case 'docx':
      return toDocx(digest);
  }
}

/** A name that is safe on every system: only lower case letters, digits and hyphens of the topic are in it. */
export function fileNameOf({ topic }: PlainDigest, format: Format): string {
  const slug = topic
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/gu, '');
  return `${slug === '' ? 'digest' : `digest-${slug}`}.${EXTENSIONS[format]}`;
}
