import { columns, interval } from '../table.js';
import type { PlantedFigures } from './figures.js';
import type { AnswersFigures, CitedFigures } from './measure.js';
import { PLANTED } from './types.js';

/** What became of faults and of correct sentences of a half, as text for the terminal. */
export function plantedTable(half: string, { cases, ...figures }: PlantedFigures): string {
  const faulty = [
    ...PLANTED.map((fault) => [fault, figures.faulty[fault]] as const),
    ['all', figures.allFaulty] as const,
  ];
  const correct = [...Object.entries(figures.correct), ['all', figures.allCorrect] as const];
  return [
    `## sentences of a scripted model, ${half}: ${cases}; mean [95 % bootstrap interval]`,
    columns({
      head: ['planted fault', 'n', 'caught', 'of which removed', "told in the record's words"],
      rows: faulty.map(([name, { caught, removed, replaced }]) => [
        name,
        String(caught.n),
        interval(caught),
        interval(removed),
        interval(replaced),
      ]),
    }),
    columns({
      head: [
        'correct',
        'n',
        'kept as written',
        "told in the record's words",
        'lost',
        'harmed (not as written)',
      ],
      rows: correct.map(([name, { kept, replaced, lost, harmed }]) => [
        name,
        String(kept.n),
        interval(kept),
        interval(replaced),
        interval(lost),
        interval(harmed),
      ]),
    }),
    "told in the record's words, of correct ones: its sentences, with .8 of the content stems that the sentence has of the paragraphs it cites; else it counts as lost",
  ].join('\n\n');
}

/** What the citations of a set's answers are worth, as text for the terminal. */
export function answersTable({ set, extractive, quotationsPassed, written }: AnswersFigures): string {
  const row = (name: string, of: (figures: CitedFigures) => string) => [
    name,
    of(extractive),
    ...(written ? [of(written)] : []),
  ];
  const rows = [
    row(
      'statements that what they cite bears out',
      ({ supported }) => `${interval(supported)} of ${supported.n}`,
    ),
    row('citation recall', ({ recall }) => interval(recall)),
    row('citation precision', ({ precision }) => interval(precision)),
    row('cited paragraphs right', ({ rightCited }) => interval(rightCited)),
    row('answers that cite a right one', ({ anyRight }) => interval(anyRight)),
  ];
  return [
    `## answers, ${set}: ${extractive.answered} given; mean [95 % bootstrap interval]`,
    columns({ head: ['citations', 'quotations', ...(written ? [written.model] : [])], rows }),
    `the check of written sentences lets ${interval(quotationsPassed)} of ${quotationsPassed.n} quotations through`,
    ...(written ? [writtenText(written)] : []),
  ].join('\n\n');
}

function writtenText(written: NonNullable<AnswersFigures['written']>): string {
  const { model, answered, generated, fallbacks, sentences, repaired, replaced, removed } = written;
  const reasons = Object.entries(fallbacks).map(([reason, count]) => `${reason} ${count}`);
  return [
    `${model} wrote ${generated} of ${answered} answers${reasons.length > 0 ? ` (else quotations: ${reasons.join(', ')})` : ''};`,
    `of its ${sentences} sentences ${repaired} were repaired, ${replaced} told in the record's own words and ${removed} removed`,
  ].join(' ');
}
