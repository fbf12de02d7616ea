import { isInstruction, isOfSentenceBefore } from './instructions.js';
import { groupsOf } from './lexicon.js';
import { sentencesOf, type Token, tokensOf } from './tokens.js';
import type { CheckedPassage } from './types.js';

/** A passage as it was read: what may support a sentence. */
interface Reading {
  /** The wording without what is written to a machine that reads it. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly context: readonly Token[];
}

/** A word of the passages, with the number of its passage. */
export interface SourceToken extends Token {
  readonly passage: number;
}

/** All passages that a sentence cites, as one row of words. Sentences and clauses count on through all. */
export interface Source {
  readonly texts: readonly string[];
  readonly contexts: readonly string[];
  readonly tokens: readonly SourceToken[];
  readonly context: readonly Token[];
  /** Positions of words by what they can be found by. */
  readonly byBase: ReadonlyMap<string, readonly number[]>;
  readonly byGroup: ReadonlyMap<number, readonly number[]>;
  readonly contextBases: ReadonlySet<string>;
  readonly contextKeys: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

const readings = new WeakMap<CheckedPassage, Reading>();

function readingOf(passage: CheckedPassage): Reading {
  const known = readings.get(passage);
  if (known) return known;
  const text = withoutInstructions(passage.text);
  const made = { text, tokens: tokensOf(text), context: tokensOf(passage.context) };
  readings.set(passage, made);
  return made;
}

/**
 * Text that tells whoever reads it what to say supports nothing, nor does what follows it: both were put in by the same hand. No more
 * does the sentence before one that speaks of it.
 */
function withoutInstructions(text: string): string {
  const sentences = sentencesOf(text).map(([start, end]) => text.slice(start, end));
  const first = sentences.findIndex(isInstruction);
  if (first === -1) return text;
  return sentences.slice(0, first - (isOfSentenceBefore(sentences[first] ?? '') ? 1 : 0)).join('\n');
}

/** Sources by the passages they were made of, in order; each is kept as long as its passages are. */
interface Kept {
  source?: Source;
  readonly next: WeakMap<CheckedPassage, Kept>;
}

const sources: Kept = { next: new WeakMap() };

/** What passages say, read once for the same passages. */
export function sourceOf(passages: readonly CheckedPassage[]): Source {
  let kept = sources;
  for (const passage of passages) {
    const next = kept.next.get(passage) ?? { next: new WeakMap() };
    kept.next.set(passage, next);
    kept = next;
  }
  kept.source ??= makeSource(passages);
  return kept.source;
}

/** A function of sources that is worked out once for each. */
export function ofSource<Result>(make: (source: Source) => Result): (source: Source) => Result {
  const results = new WeakMap<Source, Result>();
  return (source) => {
    const known = results.get(source);
    if (known !== undefined) return known;
    const made = make(source);
    results.set(source, made);
    return made;
  };
}

function makeSource(passages: readonly CheckedPassage[]): Source {
  const tokens: SourceToken[] = [];
  const byBase = new Map<string, number[]>();
  const byGroup = new Map<number, number[]>();
  const read = passages.map(readingOf);
  let sentence = 0;
  let clause = 0;
  for (const [passage, { tokens: own }] of read.entries()) {
    for (const token of own) {
      const at = tokens.length;
      tokens.push({ ...token, passage, sentence: token.sentence + sentence, clause: token.clause + clause });
      if (!token.content) continue;
      for (const base of token.bases) note(byBase, base, at);
      for (const group of groupsOf(token.bases)) note(byGroup, group, at);
    }
    sentence = (tokens.at(-1)?.sentence ?? 0) + 1;
    clause = (tokens.at(-1)?.clause ?? 0) + 1;
  }
  const context = read.flatMap((reading) => reading.context);
  return {
    texts: read.map(({ text }) => text),
    contexts: passages.map((passage) => passage.context),
    tokens,
    context,
    byBase,
    byGroup,
    contextBases: new Set(context.flatMap(({ bases }) => bases)),
    contextKeys: new Set(context.map(({ key }) => key)),
    keys: new Set(tokens.map(({ key }) => key)),
  };
}

function note<Key>(postings: Map<Key, number[]>, key: Key, at: number): void {
  const list = postings.get(key);
  if (!list) postings.set(key, [at]);
  else if (list.at(-1) !== at) list.push(at);
}
