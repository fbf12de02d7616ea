import { splitSentences } from '../../chunk/index.js';
import { type RecordDocument, textOf } from '../../corpus/index.js';

/** Words that a clause has: shorter ones say nothing, longer ones are sentences. */
const LEAST_WORDS = 5;
const MOST_WORDS = 16;
/** Between clauses of a sentence. */
const JOINTS = /[,;:–]\s+|\s+(?:and|that|which|who|while|including|as well as|in order to)\s+/u;

/** What links a clause to the one before it. */
const LINKING = /^(?:(?:-|and|or|as|but|as well as|including|that|which|while)\s+)+/iu;

/** What sentences are made of. A slot in braces is filled anew each time. */
export interface Parts {
  readonly openers: readonly string[];
  readonly joints: readonly string[];
  readonly tails: readonly string[];
  /** Of the record that comes with the package, each once. */
  readonly clauses: readonly string[];
}

export function partsOf(documents: readonly RecordDocument[]): Parts {
  const clauses = new Set<string>();
  for (const { paragraphs, metadata } of documents) {
    for (const paragraph of paragraphs) {
      const text = textOf(paragraph);
      for (const [start, end] of splitSentences(text, metadata.language)) {
        for (const piece of text.slice(start, end).replace(/\.$/u, '').split(JOINTS)) {
          const clause = piece
            .replace(/[()[\]“”"]/gu, '')
            .replace(LINKING, '')
            .trim();
          const words = clause.split(/\s+/u).length;
          if (words >= LEAST_WORDS && words <= MOST_WORDS && !/[.\n]/u.test(clause))
            clauses.add(lowered(clause));
        }
      }
    }
  }
  return {
    openers: OPENERS,
    joints: [', while ', ', and ', '; at the same time, ', ', including where ', ', so that ', ' because '],
    tails: TAILS,
    clauses: [...clauses],
  };
}

/** Without the capital that only begins a sentence. */
function lowered(clause: string): string {
  return /^[A-Z][a-z]/u.test(clause) ? clause.charAt(0).toLowerCase() + clause.slice(1) : clause;
}

const OPENERS = [
  'The representative of {place} noted that ',
  '{name} of {place} recalled that ',
  'In {year}, the authorities of {place} reported that ',
  'One speaker from {place} stressed that ',
  'According to the {programme} report, ',
  'Several speakers, among them {name}, observed that ',
  'Reference was made to {place}, where ',
  'The expert of the {programme} programme explained that ',
  'It was recommended that ',
  'Member States should ensure that ',
  'Participants asked how, in {place}, ',
  'The delegation of {place} shared its experience that ',
  'Concern was expressed that ',
  'The panellist {name} concluded that ',
  'Since {year} the {programme} centre has found that ',
  'Civil society from {place} underlined that ',
];

const TAILS = [
  '',
  '',
  ' in {number} districts of {place}',
  ' since {year}',
  ' at a cost of {number} million euros',
  ' through the {programme} programme',
  ' by the end of {year}',
  ' in {number} per cent of cases',
  ', as {name} put it',
  ' with the support of {place}',
];
