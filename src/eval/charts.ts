import { html } from 'hono/html';
import { type ChartText, type Html, round, scale, svg } from '../charts/index.js';
import type { Bin } from './reliability.js';
import { short } from './table.js';

/** A share with its interval; without whiskers where the ends are missing. */
export interface Bar {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

export interface BarGroup {
  readonly label: string;
  /** One for each series. */
  readonly bars: readonly Bar[];
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineOptions {
  readonly x: string;
  readonly y: string;
  /** Where the vertical axis starts; it ends at 1. */
  readonly from: number;
  /** A value of x that is pointed out. */
  readonly marked: { readonly at: number; readonly label: string } | null;
}

/** All lengths are in units of the view box; the page scales it to the width there is. */
const WIDTH = 640;
const BAR = 13;
const GROUP_GAP = 9;
const LABEL_WIDTH = 110;
const VALUE_WIDTH = 110;
const LEGEND_HEIGHT = 26;
/** Points of a line that get a mark at most. */
const MOST_MARKS = 12;
const PLOT = { left: 52, right: 16, height: 260, bottom: 44 } as const;

/** Horizontal bars from 0 to 1, with the series of a group under each other. */
export function barChart(text: ChartText, series: readonly string[], groups: readonly BarGroup[]): Html {
  const top = series.length > 1 ? LEGEND_HEIGHT : 4;
  const groupHeight = series.length * BAR + GROUP_GAP;
  const bottom = top + groups.length * groupHeight;
  const x = scale(0, 1, LABEL_WIDTH, WIDTH - VALUE_WIDTH);
  return svg(
    text,
    { width: WIDTH, height: bottom + 24 },
    html`${series.length > 1 ? legend(series, 'bar') : ''}
${[0, 0.25, 0.5, 0.75, 1].map(
  (tick) => html`<line class="grid" x1="${x(tick)}" y1="${top}" x2="${x(tick)}" y2="${bottom}"/>
<text class="tick" x="${x(tick)}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`,
)}
${groups.map(({ label, bars }, i) => {
  const y = top + i * groupHeight + GROUP_GAP / 2;
  return html`<text x="${LABEL_WIDTH - 8}" y="${y + (series.length * BAR) / 2 + 4}" text-anchor="end">${label}</text>
${bars.map((bar, k) => oneBar(bar, k, y + k * BAR, x))}`;
})}`,
  );
}

function oneBar({ mean, low, high }: Bar, series: number, y: number, x: (value: number) => number): Html {
  if (Number.isNaN(mean)) return html`<text class="tick" x="${x(0) + 4}" y="${y + 10}">no questions</text>`;
  const middle = y + BAR / 2;
  const whisker =
    low === undefined || high === undefined
      ? ''
      : html`<path class="whisker" d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 3}v6M${x(high)} ${middle - 3}v6"/>`;
  const interval = low === undefined || high === undefined ? '' : ` [${short(low)} ${short(high)}]`;
  return html`<rect class="bar s${series}" x="${x(0)}" y="${y}" width="${round(x(mean) - x(0))}" height="${BAR - 2}"/>
${whisker}
<text class="tick" x="${x(1) + 10}" y="${y + 10}">${short(mean)}${interval}</text>`;
}

/** Lines over x from 0 to 1, told apart by colour, dashes and the marks of their points. */
export function lineChart(text: ChartText, lines: readonly Line[], options: LineOptions): Html {
  const top = LEGEND_HEIGHT;
  const bottom = top + PLOT.height;
  const x = scale(0, 1, PLOT.left, WIDTH - PLOT.right);
  const y = scale(options.from, 1, bottom, top);
  const { marked } = options;
  return svg(
    text,
    { width: WIDTH, height: bottom + PLOT.bottom },
    html`${legend(
      lines.map(({ name }) => name),
      'line',
    )}
${axes(x, y, options)}
${
  marked
    ? html`<line class="marked" x1="${x(marked.at)}" y1="${top}" x2="${x(marked.at)}" y2="${bottom}"/>
<text class="tick" x="${x(marked.at) + (marked.at > 0.7 ? -6 : 6)}" y="${bottom - 8}" text-anchor="${marked.at > 0.7 ? 'end' : 'start'}">${marked.label}</text>`
    : ''
}
${lines.map(
  (
    { points },
    i,
  ) => html`<polyline class="line s${i}" points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"/>
${points
  .filter((_, k) => k % Math.ceil(points.length / MOST_MARKS) === 0)
  .map(([px, py]) => point(i, x(px), y(py)))}`,
)}`,
  );
}

/** Mean confidence of each bin against the share that is answerable: on the diagonal where confidence is what it says. */
export function reliabilityChart(text: ChartText, bins: readonly Bin[]): Html {
  const options = { x: 'mean confidence', y: 'share answerable', from: 0 };
  const top = 20;
  const size = 300;
  const x = scale(0, 1, PLOT.left, PLOT.left + size);
  const y = scale(0, 1, top + size, top);
  const most = Math.max(...bins.map(({ n }) => n), 1);
  return svg(
    text,
    { width: WIDTH, height: top + size + PLOT.bottom },
    html`${axes(x, y, options)}
<line class="marked" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
${bins.map(({ n, confidence, answerable }) =>
  confidence === null || answerable === null
    ? ''
    : html`<circle class="bubble s0" cx="${x(confidence)}" cy="${y(answerable)}" r="${round(3 + 9 * Math.sqrt(n / most))}"/>
<text class="tick" x="${x(confidence) + (confidence > 0.8 ? 16 : 14)}" y="${y(answerable) + 4}">${n}</text>`,
)}
${[
  'A circle is a tenth of confidence, its',
  'area and number are its questions.',
  'Above the line it is too careful,',
  'below the line too sure.',
].map(
  (line, i) => html`<text class="tick" x="${PLOT.left + size + 50}" y="${top + 20 + i * 16}">${line}</text>`,
)}`,
  );
}

function axes(
  x: (value: number) => number,
  y: (value: number) => number,
  options: Pick<LineOptions, 'x' | 'y' | 'from'>,
): Html {
  const [left, right] = [x(0), x(1)];
  const [top, bottom] = [y(1), y(options.from)];
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return html`${ticks.map((share) => {
    const value = options.from + share * (1 - options.from);
    return html`<line class="grid" x1="${left}" y1="${y(value)}" x2="${right}" y2="${y(value)}"/>
<text class="tick" x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${short(value)}</text>
<text class="tick" x="${x(share)}" y="${bottom + 16}" text-anchor="middle">${share}</text>`;
  })}
<path class="axis" d="M${left} ${top}V${bottom}H${right}"/>
<text class="tick" x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${options.x}</text>
<text class="tick" transform="translate(14 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${options.y}</text>`;
}

function legend(names: readonly string[], kind: 'bar' | 'line'): Html {
  const step = 120;
  return html`${names.map((name, i) => {
    const x = PLOT.left + i * step;
    return html`${
      kind === 'bar'
        ? html`<rect class="bar s${i}" x="${x}" y="4" width="22" height="11"/>`
        : html`<polyline class="line s${i}" points="${x},10 ${x + 22},10"/>${point(i, x + 11, 10)}`
    }<text x="${x + 28}" y="14">${name}</text>`;
  })}`;
}

/** A circle, square, diamond or triangle by the number of the series. */
function point(series: number, x: number, y: number): Html {
  const paths = [
    `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
    `M${x - 3.5} ${y - 3.5}h7v7h-7z`,
    `M${x} ${y - 5}l5 5l-5 5l-5 -5z`,
    `M${x} ${y - 5}l5 9h-10z`,
  ];
  return html`<path class="point s${series}" d="${paths[series % paths.length]}"/>`;
}

export const CHART_STYLE = `svg { display: block; width: 100%; max-width: ${WIDTH}px; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .tick { fill: var(--soft); font-size: 11px; stroke: var(--paper); stroke-width: 3px; paint-order: stroke; }
.grid { stroke: var(--line); } .axis { fill: none; stroke: var(--soft); } .marked { stroke: var(--soft); stroke-dasharray: 3 3; }
.whisker { fill: none; stroke: var(--ink); }
.s0 { --own: light-dark(#1b6fb8, #6cb2f0); --dash: none; } .s1 { --own: light-dark(#c4590c, #f0a060); --dash: 7 3; }
.s2 { --own: light-dark(#1d8060, #62cfa4); --dash: 2 3; } .s3 { --own: light-dark(#86398f, #d79ae0); --dash: 9 3 2 3; }
.bar, .point { fill: var(--own); } .bubble { fill: var(--own); fill-opacity: .55; stroke: var(--own); }
.line { fill: none; stroke: var(--own); stroke-width: 2; stroke-dasharray: var(--dash); }
`;
