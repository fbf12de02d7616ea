import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a chart is called and says, for those who do not see it. */
export interface ChartText {
  /** Once a page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Lengths in units of the view box; the page scales it to the width there is. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A chart as a picture with a name and a description. */
export function svg({ id, title, description }: ChartText, { width, height }: Size, body: Html): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-description">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${body}
</svg>`;
}

/** Where a value between two others stands between two places, to a tenth of a unit. */
export function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => round(start + ((value - from) / (to - from)) * (end - start));
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
