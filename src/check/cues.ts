import type { Token } from './tokens.js';

/** A word or words that turn, weaken or join what stands around them. */
export interface Cue {
  readonly first: number;
  readonly last: number;
}

/** Phrases as lists of keys; "*" at the end of a word stands for any ending. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/** @param lines phrases with a bar between them */
export function phrasesOf(lines: string): Phrases {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of lines.split(/[|\n]/u).map((part) => part.trim())) {
    if (phrase === '') continue;
    const words = phrase.split(' ');
    const first = words[0] ?? '';
    const key = first.endsWith('*') ? first.slice(0, PREFIX) : first;
    byFirst.set(key, [...(byFirst.get(key) ?? []), words]);
  }
  for (const list of byFirst.values()) list.sort((left, right) => right.length - left.length);
  return byFirst;
}

/** Letters of a word by which phrases with an open end are found. */
const PREFIX = 3;

/** Where phrases stand, the longest at each place, none inside another. */
export function cuesIn(tokens: readonly Token[], phrases: Phrases): Cue[] {
  const found: Cue[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const key = tokens[at]?.key ?? '';
    const candidates = [...(phrases.get(key) ?? []), ...(phrases.get(key.slice(0, PREFIX)) ?? [])];
    const match = candidates.find((words) =>
      words.every((word, index) => matches(tokens[at + index]?.key ?? '', word)),
    );
    if (!match) continue;
    found.push({ first: at, last: at + match.length - 1 });
    at += match.length - 1;
  }
  return found;
}

function matches(key: string, word: string): boolean {
  return word.endsWith('*') ? key.startsWith(word.slice(0, -1)) : key === word;
}

/** Positions of the content words right after a cue in its part of the sentence, or right before it where there are none. */
export function focusOf(tokens: readonly Token[], cue: Cue, most: number): number[] {
  const own = tokens[cue.last];
  const focus: number[] = [];
  for (let at = cue.last + 1; at < tokens.length && focus.length < most; at += 1) {
    const token = tokens[at];
    if (!token || token.sentence !== own?.sentence) break;
    if (token.clause !== own.clause && focus.length > 0) break;
    if (token.clause > own.clause + 1) break;
    if (token.content) focus.push(at);
  }
  if (focus.length > 0 && tokens[focus[0] ?? 0]?.clause === own?.clause) return focus;
  const before = contentBefore(tokens, cue.first, Math.min(most, 2)).filter(
    (at) => tokens[at]?.clause === own?.clause,
  );
  return before.length > 0 ? before : focus;
}

/** Positions of content words after a place in its sentence, nearest first. */
export function contentAfter(tokens: readonly Token[], place: number, most: number): number[] {
  const found: number[] = [];
  for (let at = place + 1; at < tokens.length && found.length < most; at += 1) {
    if (tokens[at]?.sentence !== tokens[place]?.sentence) break;
    if (tokens[at]?.content) found.push(at);
  }
  return found;
}

/** Positions of content words before a place in its sentence, nearest first. */
export function contentBefore(tokens: readonly Token[], place: number, most: number): number[] {
  const found: number[] = [];
  for (let at = place - 1; at >= 0 && found.length < most; at -= 1) {
    if (tokens[at]?.sentence !== tokens[place]?.sentence) break;
    if (tokens[at]?.content) found.push(at);
  }
  return found;
}
