import type { WordBlock } from '../support/word.js';

/** A resolution as a word processor makes it: numbers that it counts itself, annexes that begin anew, a footnote. */
export const SEED_LIBRARY_RESOLUTION: readonly WordBlock[] = [
  { kind: 'title', text: 'Resolution on the regional seed library' },
  { kind: 'text', text: 'Adopted at Lindau on 14 May 2022' },
  { kind: 'heading', level: 1, text: 'Decisions of the assembly' },
  {
    kind: 'numbered',
    text: 'The assembly establishes a seed library for the lake region, to be housed in the former signal box at Lindau station.',
  },
  {
    kind: 'numbered',
    text: 'The library shall collect seeds of vegetables and cereals grown in the region before 1950, and shall give first place to varieties held by a single household.',
  },
  {
    kind: 'numbered',
    text: 'Any resident may borrow seeds free of charge. A borrower returns twice the quantity after the harvest, or explains in writing why the crop failed.',
    note: 'Hail, flooding and grazing by deer are accepted as reasons without further proof.',
  },
  {
    kind: 'numbered',
    text: 'Seeds shall be stored at minus eighteen degrees in sealed glass jars, and a second set shall be kept in the cellar of the agricultural school at Bregenz.',
  },
  { kind: 'heading', level: 1, text: 'Money and staff' },
  {
    kind: 'numbered',
    text: 'The member towns contribute 0.30 francs for each inhabitant every year. Towns with fewer than two thousand inhabitants are exempt.',
  },
  {
    kind: 'numbered',
    text: 'A curator shall be employed at sixty per cent. The first curator is Ms Helga Brandt, who serves until 2026.',
  },
  {
    kind: 'numbered',
    text: 'No seed may be sold, patented or handed to a company. A member that breaks this rule is expelled.',
  },
  { kind: 'heading', level: 1, text: 'Annex I. Rules for borrowers' },
  { kind: 'restart', text: 'A borrower may take at most twelve packets in one spring.' },
  {
    kind: 'numbered',
    text: 'Plants grown from borrowed seed must stand at least two hundred metres from modern varieties of the same species, so that they do not cross.',
  },
  {
    kind: 'numbered',
    text: 'Returned seeds are dried for ten days in the shade and labelled with the variety, the place and the year.',
  },
  { kind: 'heading', level: 1, text: 'Annex II. Germination tests' },
  {
    kind: 'restart',
    text: 'Every jar is tested every four years by laying one hundred seeds on damp blotting paper.',
  },
  {
    kind: 'numbered',
    text: 'If fewer than seventy of the seeds sprout, the variety is sown anew in the following year by two growers who do not live in the same valley.',
  },
  {
    kind: 'numbered',
    text: 'The curator reports the results to the assembly each November, with a list of varieties that are in danger.',
  },
];
