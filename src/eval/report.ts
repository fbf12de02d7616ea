import { html, raw } from 'hono/html';
import { thresholdOf } from '../answer/index.js';
import type { ChartText, Html } from '../charts/index.js';
import type { ServedIndex } from '../index/index.js';
import { barChart, CHART_STYLE, lineChart, reliabilityChart } from './charts.js';
import { type Comparison, differenceTable, significance } from './compare.js';
import type { SetResult } from './evaluate.js';
import { embedded, type Figures, type SetFigures } from './figures.js';
import { type Gates, gateFigures, missedGates } from './gates.js';
import { labelOf, type Place, placeOf, worstMisses, wronglyAnswered, wronglyRefused } from './misses.js';
import type { Asked } from './run.js';
import { lexicalShare } from './sweep.js';
import { latency, short, type Table, tablesOf } from './table.js';
import { REGISTERS, UNANSWERABLE } from './types.js';

export interface Report {
  readonly index: ServedIndex;
  readonly results: readonly SetResult[];
  /** Of the same results. */
  readonly figures: Figures;
  readonly gates: Gates;
  /** The one set whose questions are shown; of the others only figures are, so that nobody tunes to them. */
  readonly development: string | null;
  /** The confidence below which the run refused; the calibrated one where undefined. */
  readonly abstainThreshold: number | undefined;
  readonly comparison: Comparison | null;
}

/** The evaluation as one page that needs nothing beside itself: no script, no other file. */
export async function reportPage(report: Report): Promise<string> {
  const { results, figures, comparison } = report;
  const names = results.map(({ set }) => set).join(', ');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Paracite evaluation: ${names}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE + CHART_STYLE)}</style>
</head>
<body>
<header><h1>Paracite evaluation: ${names}</h1>
${facts(report)}
<nav aria-label="Contents"><ul>
${results.map(({ set }, i) => html`<li><a href="#set-${i}">${set}</a></li>`)}
${comparison ? html`<li><a href="#comparison">comparison</a></li>` : ''}
</ul></nav></header>
<main>
${results.map((result, i) => setPart(report, result, figures.sets[i], i))}
${comparison ? comparisonPart(comparison) : ''}
</main>
${raw(embedded(figures))}
</body>
</html>
`;
  return String(await page);
}

function facts({ index, results, figures, abstainThreshold }: Report): Html {
  const { identity, builtAt, model, documents, counts } = index.manifest;
  const entries = [
    ['date of the run', figures.date],
    ['sets', results.map(({ set, questions }) => `${set} (${questions} questions)`).join(', ')],
    ['index', identity],
    ['built', builtAt],
    ['encoder', model.identity],
    ['documents', documents.map(({ id }) => id).join(', ')],
    [
      'indexed',
      `${counts.paragraphs} paragraphs, ${counts.chunks} chunks, ${counts.questions} questions of sidecars`,
    ],
    ['refused below a confidence of', (abstainThreshold ?? thresholdOf(index)).toFixed(3)],
  ];
  return html`<dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function setPart(report: Report, result: SetResult, figures: SetFigures | undefined, position: number): Html {
  const id = `set-${position}`;
  const shown = result.set === report.development;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${result.set}: ${result.questions} questions</h2>
<p class="note">Means with their 95 % bootstrap interval; ${latency(result)}.</p>
${tablesOf(result).map(tablePart)}
${gatesPart(report.gates, result)}
${figures ? charts(report, result, figures, id) : ''}
${shown ? missesPart(report, result) : html`<p class="note">Only the development set shows its questions.</p>`}
</section>`;
}

function gatesPart(gates: Gates, { set, systems, answers }: SetResult): Html {
  const reached: Readonly<Record<string, number>> = systems[0]
    ? gateFigures(systems[0].figures, answers)
    : {};
  const own = gates[set] ?? {};
  const rows = Object.entries(own).map(([name, gate]) => {
    const value = reached[name];
    const missed = missedGates({ [set]: { [name]: gate } }, set, reached).length > 0;
    return [
      name,
      gate.min === undefined ? '-' : String(gate.min),
      gate.max === undefined ? '-' : String(gate.max),
      value === undefined || Number.isNaN(value) ? 'no such figure' : value.toFixed(3),
      missed ? 'missed' : 'reached',
    ];
  });
  return html`<h3>Gates</h3>
${
  rows.length === 0
    ? html`<p>No gate is set for this set of questions.</p>`
    : tablePart({ head: ['gate', 'at least', 'at most', 'is', ''], rows })
}`;
}

function charts(report: Report, result: SetResult, figures: SetFigures, id: string): Html {
  return html`<h3>Charts</h3>
${recallPart(result, id)}
${reliabilityPart(figures, id)}
${aurocPart(result, id)}
${figures.fusion.length > 0 ? fusionPart(report.index, figures, id) : ''}
${refusalPart(report, figures, id)}`;
}

function recallPart({ systems }: SetResult, id: string): Html {
  const byKind = systems[0]?.figures.byKind ?? {};
  const isRegister = (name: string) => REGISTERS.some((register) => register === name);
  const parts = [
    ['kind', Object.entries(byKind).filter(([name]) => !isRegister(name))],
    ['register', Object.entries(byKind).filter(([name]) => isRegister(name))],
  ] as const;
  return html`${parts
    .filter(([, groups]) => groups.length > 0)
    .map(([by, groups]) =>
      figurePart(
        barChart(
          {
            id: `${id}-recall-${by}`,
            title: `Recall at 1 and at 5 by ${by}`,
            description: `Bars of the share of questions whose paragraph is first, or among the first five, for each ${by} of question, with 95 % intervals.`,
          },
          ['recall@1', 'recall@5'],
          groups.map(([label, { recall1, recall5 }]) => ({ label, bars: [recall1, recall5] })),
        ),
        `Recall@1 and recall@5 by ${by}`,
        {
          head: [by, 'n', 'recall@1', 'recall@5'],
          rows: groups.map(([name, { recall1, recall5 }]) => [
            name,
            String(recall1.n),
            recall1.mean.toFixed(3),
            recall5.mean.toFixed(3),
          ]),
        },
      ),
    )}`;
}

function reliabilityPart({ reliability, figures }: SetFigures, id: string): Html {
  const error = shown(figures['expected calibration error'] ?? null);
  return figurePart(
    reliabilityChart(
      {
        id: `${id}-reliability`,
        title: 'Reliability of the confidence',
        description: `Mean confidence of each tenth against the share of its questions that the record answers. Expected calibration error ${error}.`,
      },
      reliability,
    ),
    `Reliability of the confidence; expected calibration error ${error}`,
    {
      head: ['confidence', 'n', 'mean confidence', 'share answerable'],
      rows: reliability.map(({ from, to, n, confidence, answerable }) => [
        `${from} to ${to}`,
        String(n),
        shown(confidence),
        shown(answerable),
      ]),
    },
  );
}

function aurocPart({ answers }: SetResult, id: string): Html {
  const kinds = Object.entries(answers.aurocByKind);
  return figurePart(
    barChart(
      {
        id: `${id}-auroc`,
        title: 'AUROC by unanswerable kind',
        description:
          'Bars of the chance that an answerable question has a higher confidence than one of the kind; 0.5 is guessing.',
      },
      ['AUROC'],
      kinds.map(([label, mean]) => ({ label, bars: [{ mean }] })),
    ),
    'AUROC of the confidence, answerable against each kind that is not',
    {
      head: ['kind', 'n', 'AUROC'],
      rows: kinds.map(([kind, value]) => [
        kind,
        String(answers.refusedByKind[kind]?.n ?? 0),
        shown(Number.isNaN(value) ? null : value),
      ]),
    },
  );
}

function fusionPart(index: ServedIndex, { fusion }: SetFigures, id: string): Html {
  const line = (name: string, value: (point: SetFigures['fusion'][number]) => number | null) => ({
    name,
    points: fusion.flatMap((point) => {
      const y = value(point);
      return y === null ? [] : [[point.lexical, y] as const];
    }),
  });
  const lines = [line('recall@1', ({ recall1 }) => recall1), line('MRR', ({ mrr }) => mrr)];
  const least = Math.min(1, ...lines.flatMap(({ points }) => points.map(([, y]) => y)));
  const used = lexicalShare(index);
  return figurePart(
    lineChart(
      {
        id: `${id}-fusion`,
        title: 'Recall at 1 and MRR by the weight of the lexical signal',
        description: `Lines over the share of BM25 in the fused score from 0 to 1, the other signals scaled to fill up. ${used} is in use.`,
      },
      lines,
      {
        x: 'share of the lexical signal in the fused score',
        y: 'recall@1, MRR',
        from: Math.max(0, Math.floor(least * 10) / 10),
        marked: { at: used, label: `in use: ${used}` },
      },
    ),
    'Fusion weights: what the lexical share changes',
    {
      head: ['lexical share', 'recall@1', 'MRR'],
      rows: fusion.map(({ lexical, recall1, mrr }) => [lexical.toFixed(1), shown(recall1), shown(mrr)]),
    },
  );
}

function refusalPart({ index, abstainThreshold }: Report, { refused }: SetFigures, id: string): Html {
  const groups = ['answerable', ...UNANSWERABLE].filter((name) => refused[0]?.shares[name] !== undefined);
  const threshold = abstainThreshold ?? thresholdOf(index);
  return figurePart(
    lineChart(
      {
        id: `${id}-refused`,
        title: 'Refused share by threshold',
        description: `Lines of the share of questions that are refused as the threshold moves from 0 to 1, for ${groups.join(', ')} questions. ${threshold} is in use.`,
      },
      groups.map((name) => ({
        name,
        points: refused.map(({ threshold: at, shares }) => [at, shares[name] ?? 0] as const),
      })),
      {
        x: 'threshold of the confidence',
        y: 'share refused',
        from: 0,
        marked: { at: threshold, label: `in use: ${short(threshold)}` },
      },
    ),
    'Share refused as the threshold moves',
    {
      head: ['threshold', ...groups],
      rows: refused.map(({ threshold: at, shares }) => [
        at.toFixed(2),
        ...groups.map((name) => shown(shares[name] ?? null)),
      ]),
    },
  );
}

function missesPart({ index }: Report, { asked }: SetResult): Html {
  const misses = worstMisses(index, asked);
  const refused = wronglyRefused(asked);
  const answered = wronglyAnswered(asked);
  return html`<h3>Worst misses</h3>
${
  misses.length === 0
    ? html`<p>Every right paragraph is ranked first.</p>`
    : html`<ol>${misses.map(
        ({ asked: one, rank, instead }) => html`<li>${questionPart(one)}
<p>Right: ${goldOf(one)}, ${rank === null ? 'not among the first 15' : `ranked ${rank}`}. Instead:</p>
<ol>${instead.map(placePart)}</ol></li>`,
      )}</ol>`
}
<h3>Wrongly refused</h3>
${
  refused.length === 0
    ? html`<p>None.</p>`
    : html`<ul>${refused.map(
        (one) => html`<li>${questionPart(one)}
<p>Right: ${goldOf(one)}; confidence ${one.answer.confidence.toFixed(3)}. Nearest:</p>
<ol>${one.answer.passages.slice(0, 1).map((passage) => placePart(placeOf(index, one, passage)))}</ol></li>`,
      )}</ul>`
}
<h3>Wrongly answered</h3>
${
  answered.length === 0
    ? html`<p>None.</p>`
    : html`<ul>${answered.map(
        (one) => html`<li>${questionPart(one)}
<p>The record does not answer it; confidence ${one.answer.confidence.toFixed(3)}. Answered with:</p>
${one.answer.citations
  .slice(0, 1)
  .map(
    ({ quote, passage }) =>
      html`<blockquote>${quote}</blockquote><p class="note">${labelOf(passage.paragraph.number)}, ${passage.paragraph.section.join(' > ')}</p>`,
  )}</li>`,
      )}</ul>`
}`;
}

function questionPart({ question: { id, question, kind, register } }: Asked): Html {
  return html`<p><strong>${question}</strong> <span class="note">${[id, kind, ...(register ? [register] : [])].join(', ')}</span></p>`;
}

function goldOf({ question: { gold } }: Asked): string {
  return gold.map(labelOf).join(', ');
}

function placePart({ label, section, snippet, score }: Place): Html {
  return html`<li>${label} <span class="note">${section.join(' > ')}${section.length > 0 ? '; ' : ''}score ${score.toFixed(3)}</span><blockquote>${snippet}</blockquote></li>`;
}

function comparisonPart({ before, now, sets }: Comparison): Html {
  return html`<section aria-labelledby="comparison">
<h2 id="comparison">Compared with an earlier run</h2>
<p>Before: index ${before.index}, ${before.date}. Now: index ${now.index}, ${now.date}.</p>
${sets.length === 0 ? html`<p>No set in common.</p>` : ''}
${sets.map((set) => html`<h3>${set.set}</h3><p>${significance(set)}</p>${tablePart(differenceTable(set))}`)}
</section>`;
}

/** A chart with what it shows in words and numbers. */
function figurePart(chart: Html, caption: ChartText['title'], data: Table): Html {
  return html`<figure>
<figcaption>${caption}</figcaption>
${chart}
<details><summary>Data</summary>${tablePart(data)}</details>
</figure>`;
}

function tablePart({ head, rows }: Table): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${head[0]}"><table>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody>
</table></div>`;
}

function shown(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

const STYLE = `:root { color-scheme: light dark; --ink: light-dark(#1b1b1f, #e8e6e3); --paper: light-dark(#fff, #17181c); --soft: light-dark(#5a5a66, #a5a5b0); --line: light-dark(#d8d8e0, #3a3b44); --link: light-dark(#0b4f9c, #8ab8f5); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); } h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; border-top: 2px solid var(--line); padding-top: 1rem; }
dl { display: grid; grid-template-columns: fit-content(13rem) 1fr; gap: .1rem 1rem; } dt { color: var(--soft); } dd { margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.table { overflow-x: auto; margin: 1rem 0; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
tbody th { font-weight: normal; } thead th { color: var(--soft); }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; } summary { cursor: pointer; color: var(--link); }
blockquote { margin: .2rem 0 .6rem; padding-left: .8rem; border-left: .2rem solid var(--line); font-family: Georgia, serif; }
.note { color: var(--soft); font-size: .9rem; } li p { margin: .2rem 0; } li { margin-bottom: .6rem; }
`;
