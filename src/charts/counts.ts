import { html } from 'hono/html';
import { type ChartText, type Html, round, scale, svg } from './frame.js';

export interface Count {
  readonly label: string;
  readonly count: number;
}

const WIDTH = 440;
const ROW = 26;
const BAR = 16;
const LABEL_WIDTH = 172;
const VALUE_WIDTH = 40;
/** Longest label, in characters; the table beside the chart has it whole. */
const MAX_LABEL = 20;

/** Horizontal bars of whole numbers under each other, each with its number. */
export function countChart(text: ChartText, counts: readonly Count[]): Html {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const x = scale(0, most, LABEL_WIDTH, WIDTH - VALUE_WIDTH);
  return svg(
    text,
    { width: WIDTH, height: counts.length * ROW + 8 },
    html`${counts.map(({ label, count }, i) => {
      const y = 4 + i * ROW;
      const middle = y + ROW / 2 + 5;
      return html`<text x="${LABEL_WIDTH - 10}" y="${middle}" text-anchor="end">${shortened(label)}</text>
<rect class="bar" x="${x(0)}" y="${y + (ROW - BAR) / 2}" width="${round(x(count) - x(0))}" height="${BAR}"/>
<text x="${x(count) + 8}" y="${middle}">${count}</text>`;
    })}
<line class="axis" x1="${x(0)}" y1="2" x2="${x(0)}" y2="${counts.length * ROW + 6}"/>`,
  );
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= MAX_LABEL
    ? label
    : `${characters
        .slice(0, MAX_LABEL - 1)
        .join('')
        .trimEnd()}…`;
}
