import type { Alignment } from './align.js';
import type { Source } from './source.js';
import type { Token } from './tokens.js';

/** A sentence beside its source, as every check sees it. */
export interface View {
  readonly sentence: string;
  readonly tokens: readonly Token[];
  readonly source: Source;
  readonly alignment: Alignment;
  /** Sentences of the source that words of the sentence stand in. */
  readonly used: ReadonlySet<number>;
}

/** What the sentence says from one of its words to another. */
export function wordsOfView({ sentence, tokens }: View, first: number, last = first): string {
  return sentence.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0);
}
