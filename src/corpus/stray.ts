import type { Structure } from './parse.js';
import type { StrayNote, Wording } from './types.js';

/** Footnotes that no paragraph refers to. */
export function strayNotesOf(source: string, { pieces, paragraphs }: Structure): StrayNote[] {
  const placeOf = ({ runs }: Wording) => runs[0]?.source;
  const referred = new Set(
    paragraphs.flatMap(({ footnotes }) => footnotes.map(({ wording }) => placeOf(wording))),
  );
  return pieces
    .filter(({ kind, wording }) => kind === 'footnote' && !referred.has(placeOf(wording)))
    .map(({ wording, spans: [first] }) => ({
      mark: source.slice(first?.[0], placeOf(wording)).trim(),
      wording,
    }));
}
