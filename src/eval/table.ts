import type { SetResult } from './evaluate.js';
import type { Estimate } from './types.js';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The results of a set as text for the terminal. */
export function table(result: SetResult): string {
  return [
    `## ${result.set}: ${result.questions} questions; mean [95 % bootstrap interval]`,
    ...tablesOf(result).map(columns),
    latency(result),
  ].join('\n\n');
}

/** "one question answered in 9.1 ms" */
export function latency({ answers }: SetResult): string {
  return `one question answered in ${answers.p50Ms.toFixed(1)} ms (p50, in process)`;
}

/** The results of a set: the systems, Paracite by kind of question, the answers. */
export function tablesOf(result: SetResult): Table[] {
  const ranking = result.systems.map(({ name, figures, p }) => [
    name,
    interval(figures.recall1),
    interval(figures.recall5),
    interval(figures.recall10),
    interval(figures.mrr),
    interval(figures.ndcg10),
    interval(figures.themes15),
    interval(figures.inScope),
    p === null ? '' : pValue(p),
  ]);
  const own = result.systems[0]?.figures.byKind ?? {};
  const kinds = Object.entries(own).map(([kind, { recall1, recall5, mrr }]) => [
    kind,
    String(recall1.n),
    interval(recall1),
    interval(recall5),
    interval(mrr),
  ]);
  const { answers, answersWithoutSidecar: bare } = result;
  const both = (name: string, figure: Estimate, other?: Estimate) => [
    name,
    String(figure.n),
    interval(figure),
    other ? interval(other) : '',
  ];
  const answering = [
    both('quotations verbatim', answers.verbatim, bare?.verbatim),
    both('gold words quoted, of answered', answers.goldQuoted, bare?.goldQuoted),
    both('cited paragraphs right', answers.citationPrecision, bare?.citationPrecision),
    both('answerable refused', answers.answerableRefused, bare?.answerableRefused),
    both('refusal precision', answers.refusalPrecision, bare?.refusalPrecision),
    both('refusal recall', answers.refusalRecall, bare?.refusalRecall),
    ...Object.entries(answers.refusedByKind).map(([kind, figure]) =>
      both(
        `refused: ${kind} (AUROC ${short(answers.aurocByKind[kind] ?? Number.NaN)})`,
        figure,
        bare?.refusedByKind[kind],
      ),
    ),
  ];
  return [
    {
      head: [
        'ranking',
        'recall@1',
        'recall@5',
        'recall@10',
        'MRR',
        'nDCG@10',
        'themes R@15',
        'first in scope',
        'p (MRR)',
      ],
      rows: ranking,
    },
    { head: ['Paracite by kind', 'n', 'recall@1', 'recall@5', 'MRR'], rows: kinds },
    { head: ['answers', 'n', 'Paracite', 'without sidecar'], rows: answering },
  ];
}

export function interval({ mean, low, high, n }: Estimate): string {
  return n === 0 ? '-' : `${short(mean)} [${short(low)} ${short(high)}]`;
}

export function pValue(p: number): string {
  return p < 0.001 ? '<.001' : p.toFixed(3);
}

/** ".87", "1.00", "-" where there is no figure */
export function short(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(2).replace(/^0(?=\.)/u, '');
}

/** A table in columns of equal width. */
export function columns({ head, rows }: Table): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
