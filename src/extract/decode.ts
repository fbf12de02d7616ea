import { UnreadableFile } from './types.js';

const CHARSET = /<meta\b[^>]*\bcharset\s*=\s*["']?([\w-]+)/iu;

/**
 * The text of bytes: UTF-8, or what a byte order mark or, in a page, its `meta` says.
 *
 * @throws UnreadableFile where it is no text
 */
export function decode(bytes: Uint8Array, isPage = false): string {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  const declared = isPage
    ? CHARSET.exec(Buffer.from(bytes.subarray(0, 2048)).toString('latin1'))?.[1]
    : undefined;
  const text = decoded(bytes, utf16 ?? declared ?? 'utf-8');
  if (text.includes('\0'))
    throw new UnreadableFile('is no text but data; remove it, or give it the name of its kind');
  return text;
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    if (bytes.subarray(0, 4096).includes(0))
      throw new UnreadableFile('is no text but data; remove it, or give it the name of its kind');
    const line = lineOfFirstBadByte(bytes);
    throw new UnreadableFile(`is not valid UTF-8 (line ${line}); save it as UTF-8`);
  }
}

function lineOfFirstBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
    line += 1;
  }
  return line;
}
