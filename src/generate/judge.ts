import { type CheckedPassage, checkSentence, type Fault } from '../check/index.js';
import { type RecordWords, recordWordsOf } from './own-words.js';
import type { NumberedPassage } from './passages.js';
import type { Drafted } from './sentences.js';

/** What was found of a sentence: the passages that bear it out, or what does not stand in them. */
export type Judged =
  | { readonly cited: readonly NumberedPassage[]; readonly instead: readonly RecordWords[] }
  | {
      readonly cited: null;
      readonly faults: readonly Fault[];
      /** Whether there is a fault for sure, rather than too little to go by. */
      readonly sure: boolean;
      /** What the record says where the sentence stands; nothing where it tells something else. */
      readonly instead: readonly RecordWords[];
    };

/** Compares a sentence with the passages that it cites. One that cites none, or one that there is not, fails. */
export function judge({ text, cites }: Drafted, passages: readonly NumberedPassage[]): Judged {
  const cited = cites.flatMap((id) => passages.find((passage) => passage.id === id) ?? []);
  if (cited.length === 0 || cited.length < cites.length) {
    const unknown = cites.filter((id) => !passages.some((passage) => passage.id === id));
    const words = unknown.map((id) => `[${id}]`).join(' ');
    return { cited: null, faults: [{ kind: 'uncited', words }], sure: true, instead: [] };
  }
  const { supported, faults, sure, retold } = checkSentence(text, cited.map(toChecked));
  const instead = recordWordsOf(retold, cited);
  return supported ? { cited, instead } : { cited: null, faults, sure, instead };
}

function toChecked({ text, context }: NumberedPassage): CheckedPassage {
  return { text, context };
}
