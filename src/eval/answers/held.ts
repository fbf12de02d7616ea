import { contentOf } from '../../check/index.js';

/** Share of what a sentence takes from its source that a quotation in its place must have. */
const MOST_OF_IT = 0.8;

/**
 * Whether quotations say what a sentence says of its source: of its content stems that the source has, .8 stand in them. Stems alone, so that it
 * is another measure than the alignment that chose the quotations; it does not see whether they are said of the same.
 *
 * @param quoted in the place of the sentence
 * @param source texts of the paragraphs that it cites
 */
export function holdsSame(sentence: string, quoted: readonly string[], source: readonly string[]): boolean {
  if (quoted.length === 0) return false;
  const theirs = contentOf(source.join('\n'));
  const taken = [...contentOf(sentence)].filter((stem) => theirs.has(stem));
  const told = contentOf(quoted.join('\n'));
  return taken.filter((stem) => told.has(stem)).length >= MOST_OF_IT * taken.length;
}
