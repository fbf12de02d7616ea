import { type Extract, quotedOf } from '../answer/index.js';
import type { Sentence } from '../chunk/index.js';
import { type CitationView, citationView } from '../response/index.js';
import { type NumberedPassage, supportIn } from './passages.js';

/** Citations of a written answer, numbered in the order in which its sentences first need them. */
export interface CitationBook {
  /**
   * Ids of the quotations that bear a sentence out, one for each passage that it cites. Empty where no more quotations
   * may be given and none of those passages is cited yet.
   */
  cite(text: string, cited: readonly NumberedPassage[]): number[];
  /**
   * The quotation of a run of sentences of a passage and of nothing else, or one of the passage that is the same. Null where no more may be
   * given.
   */
  quote(run: readonly Sentence[], passage: NumberedPassage): CitationView | null;
  all(): CitationView[];
}

/** @param limit most citations; further sentences of a passage then share one that it has */
export function citationBook(limit: number): CitationBook {
  const made: { readonly passage: number; readonly view: CitationView }[] = [];
  const add = (extract: Extract, { id: shown, document, paragraph, score }: NumberedPassage) => {
    const id = made.length + 1;
    const view = citationView({ ...extract, id, passage: { document, paragraph }, score });
    made.push({ passage: shown, view });
    return view;
  };
  const idOf = (text: string, passage: NumberedPassage): number[] => {
    const extract = supportIn(passage, text);
    if (!extract) return [];
    const known =
      made.find(({ passage: id, view }) => id === passage.id && view.quote === extract.quote) ??
      (made.length < limit ? undefined : made.find(({ passage: id }) => id === passage.id));
    if (known) return [known.view.id];
    return made.length >= limit ? [] : [add(extract, passage).id];
  };
  return {
    cite: (text, cited) =>
      [...new Set(cited.flatMap((passage) => idOf(text, passage)))].sort((a, b) => a - b),
    quote: (run, passage) => {
      const extract = quotedOf(passage.document, passage.paragraph, run);
      const known = made.find(({ passage: id, view }) => id === passage.id && view.quote === extract.quote);
      if (known) return known.view;
      return made.length >= limit ? null : add(extract, passage);
    },
    all: () => made.map(({ view }) => view),
  };
}
