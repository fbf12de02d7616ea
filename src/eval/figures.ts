import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, ParaciteError } from '../errors.js';
import type { SetResult } from './evaluate.js';
import { reciprocalRank } from './metrics.js';
import { calibrationError, judgedOf, refusedByThreshold, reliability } from './reliability.js';
import type { FusionPoint } from './sweep.js';
import { DEPTH } from './systems.js';
import { isSingle } from './types.js';

/** Null stands for a figure that no question gives. */
const figure = z.number().nullable();

const setFiguresSchema = z.object({
  set: z.string(),
  questions: z.int(),
  /** Paracite's, by name, in the order they are shown. */
  figures: z.record(z.string(), figure),
  /** By id, of the questions that MRR is over. */
  reciprocalRanks: z.record(z.string(), z.number()),
  reliability: z.array(
    z.object({ from: z.number(), to: z.number(), n: z.int(), confidence: figure, answerable: figure }),
  ),
  refused: z.array(z.object({ threshold: z.number(), shares: z.record(z.string(), z.number()) })),
  fusion: z.array(z.object({ lexical: z.number(), recall1: figure, mrr: figure })),
});

/** Everything that a report shows as numbers, as it is embedded and read again. No question is in it. */
const figuresSchema = z.object({
  format: z.literal(1),
  /** Identity of the index. */
  index: z.string(),
  /** ISO 8601 time of the run. */
  date: z.string(),
  sets: z.array(setFiguresSchema),
});

export type SetFigures = z.output<typeof setFiguresSchema>;
export type Figures = z.output<typeof figuresSchema>;

/** @param fusion by name of the set; none where it was not measured */
export function figuresOf(
  run: { readonly index: string; readonly date: string },
  results: readonly SetResult[],
  fusion: ReadonlyMap<string, readonly FusionPoint[]>,
): Figures {
  const sets = results.map((result): SetFigures => {
    const { set, questions, asked } = result;
    const bins = reliability(judgedOf(asked));
    const singles = asked.filter(({ question }) => isSingle(question));
    return {
      set,
      questions,
      figures: withoutNaN({
        ...namedFigures(result),
        'expected calibration error': calibrationError(bins),
        'milliseconds (p50)': result.answers.p50Ms,
      }),
      reciprocalRanks: Object.fromEntries(
        singles.map(({ question, answer }) => {
          const ranking = answer.retrieval.passages.slice(0, DEPTH).map(({ paragraph }) => paragraph.number);
          return [question.id, reciprocalRank(ranking, question.gold)];
        }),
      ),
      reliability: bins,
      refused: refusedByThreshold(asked).map(({ threshold, shares }) => ({
        threshold,
        shares: { ...shares },
      })),
      fusion: (fusion.get(set) ?? []).map(({ lexical, recall1, mrr }) => ({
        lexical,
        ...withoutNaN({ recall1, mrr }),
      })),
    };
  });
  return { format: 1, ...run, sets };
}

function namedFigures({ systems, answers }: SetResult): Record<string, number> {
  const own = systems[0]?.figures;
  const kinds = Object.entries(own?.byKind ?? {}).flatMap(([kind, { recall1, recall5, mrr }]) => [
    [`${kind}: recall@1`, recall1.mean],
    [`${kind}: recall@5`, recall5.mean],
    [`${kind}: MRR`, mrr.mean],
  ]);
  return {
    ...(own && {
      'recall@1': own.recall1.mean,
      'recall@5': own.recall5.mean,
      'recall@10': own.recall10.mean,
      MRR: own.mrr.mean,
      'nDCG@10': own.ndcg10.mean,
      'themes recall@15': own.themes15.mean,
      'scoped: first in scope': own.inScope.mean,
    }),
    ...Object.fromEntries(kinds),
    'quotations verbatim': answers.verbatim.mean,
    'gold words quoted': answers.goldQuoted.mean,
    'cited paragraphs right': answers.citationPrecision.mean,
    'answerable refused': answers.answerableRefused.mean,
    'refusal precision': answers.refusalPrecision.mean,
    'refusal recall': answers.refusalRecall.mean,
    ...Object.fromEntries(
      Object.entries(answers.refusedByKind).map(([kind, { mean }]) => [`refused: ${kind}`, mean]),
    ),
    ...Object.fromEntries(
      Object.entries(answers.aurocByKind).map(([kind, value]) => [`AUROC: ${kind}`, value]),
    ),
  };
}

/** JSON has no NaN. */
function withoutNaN<Name extends string>(
  values: Readonly<Record<Name, number>>,
): Record<Name, number | null> {
  return Object.fromEntries(
    Object.entries<number>(values).map(([name, value]) => [name, Number.isNaN(value) ? null : value]),
  ) as Record<Name, number | null>;
}

const EMBEDDED = /<script type="application\/json" id="figures">(.*?)<\/script>/su;

/** The element that `readFigures` finds in a page. */
export function embedded(figures: Figures): string {
  // Text of a script ends at the first "</script", wherever it stands.
  const json = JSON.stringify(figures).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="figures">${json}</script>`;
}

/**
 * Reads the figures out of a report.
 *
 * @throws ParaciteError `bad_request` that names the file
 */
export async function readFigures(file: string): Promise<Figures> {
  try {
    const json = EMBEDDED.exec(await readFile(file, 'utf8'))?.[1];
    if (json === undefined) throw new Error('no figures are in it');
    return figuresSchema.parse(JSON.parse(json));
  } catch (error) {
    throw new ParaciteError(
      'bad_request',
      `${file} is not a report of paracite eval --report: ${messageOf(error)}`,
    );
  }
}
