import { type CitationView, citationView } from '../response/index.js';
import { type NumberedPassage, supportIn } from './passages.js';

/** Citations of a written answer, numbered in the order in which its sentences first need them. */
export interface CitationBook {
  /**
   * Ids of the quotations that bear a sentence out, one for each passage that it cites. Empty where no more quotations
   * may be given and none of those passages is cited yet.
   */
  cite(text: string, cited: readonly NumberedPassage[]): number[];
  all(): CitationView[];
}

/** @param limit most citations; further sentences of a passage then share one that it has */
export function citationBook(limit: number): CitationBook {
  const made: { readonly passage: number; readonly view: CitationView }[] = [];
  const idOf = (text: string, passage: NumberedPassage): number[] => {
    const extract = supportIn(passage, text);
    if (!extract) return [];
    const known =
      made.find(({ passage: id, view }) => id === passage.id && view.quote === extract.quote) ??
      (made.length < limit ? undefined : made.find(({ passage: id }) => id === passage.id));
    if (known) return [known.view.id];
    if (made.length >= limit) return [];
    const id = made.length + 1;
    const { document, paragraph, score } = passage;
    made.push({
      passage: passage.id,
      view: citationView({ ...extract, id, passage: { document, paragraph }, score }),
    });
    return [id];
  };
  return {
    cite: (text, cited) =>
      [...new Set(cited.flatMap((passage) => idOf(text, passage)))].sort((a, b) => a - b),
    all: () => made.map(({ view }) => view),
  };
}
