import type { PrintBlock } from '../support/print.js';

/** A report as it is printed: numbered paragraphs, running heads, words divided at the ends of lines. */
export const RESERVOIR_INSPECTION: readonly PrintBlock[] = [
  { kind: 'title', text: 'Inspection of the Tarn Hollow reservoir' },
  { kind: 'text', text: 'Report of the Inspectorate of Dams, 27 September 2020' },
  { kind: 'heading', text: 'I. The dam' },
  {
    kind: 'text',
    text: '1. Tarn Hollow is an earth dam of 1931, thirty-one metres high, which holds 4.6 million cubic metres of drinking water for the valley.',
  },
  {
    kind: 'text',
    text: '2. The inspectors visited the dam on 3 and 4 September after a walker had told the water company of a wet patch near the eastern foot.',
  },
  {
    kind: 'text',
    text: '3. The wet patch measured nine metres by four. The water in it was clear, which suggests that no soil is being carried out of the body of the dam.',
  },
  {
    kind: 'text',
    text: '4. Rabbits have dug burrows into the downstream slope. The longest went in almost two metres and must be filled with clay before winter.',
  },
  { kind: 'heading', text: 'II. The spillway' },
  {
    kind: 'text',
    text: '5. The spillway can carry 85 cubic metres a second. Rainfall records since 1990 show that a flood of 110 cubic metres a second must now be expected once in ten thousand years.',
  },
  {
    kind: 'text',
    text: '6. Three slabs of its concrete floor have lifted. The inspectors could push a ruler forty centimetres into the gap beneath the largest.',
  },
  {
    kind: 'text',
    text: '7. A fallen spruce lay across the intake. Staff removed it while the inspectors were present.',
  },
  { kind: 'page' },
  { kind: 'heading', text: 'III. Instruments' },
  {
    kind: 'text',
    text: '8. Of fourteen piezometers that measure the pressure of water inside the dam, five give no reading. Their cables were cut when the path on the crest was paved.',
  },
  {
    kind: 'text',
    text: '9. Readings are written by hand in a notebook and reach the engineer once a month by post. The inspectors consider this too slow.',
  },
  { kind: 'heading', text: 'IV. Emergency plan' },
  {
    kind: 'text',
    text: '10. The siren in the village of Nether Beck did not sound when it was tried. Its battery had been taken out for a festival.',
  },
  {
    kind: 'text',
    text: '11. The plan lists the headmaster of the village school as the contact at night, but he retired in 2016.',
  },
  { kind: 'page' },
  { kind: 'heading', text: 'V. Recommendations' },
  {
    kind: 'text',
    text: '12. The level of the reservoir should be lowered by three metres until the spillway has been repaired.',
  },
  {
    kind: 'text',
    text: '13. The company should replace the five piezometers by March and send all readings by radio every hour.',
  },
  {
    kind: 'text',
    text: '14. Grass on the slopes should be cut to ten centimetres, so that wet patches and burrows are seen early. Sheep may be used for this, cattle may not.',
  },
  {
    kind: 'text',
    text: '15. The residents of Nether Beck should rehearse leaving their homes once a year, at first in daylight.',
  },
];
