import type { Context } from 'hono';
import type { z } from 'zod';
import type { Filters } from '../../retrieve/index.js';
import { parse } from '../problems.js';
import { askPageQuery } from '../schemas.js';

/** What is asked on a page, all of it in the page's address. */
export type Asked = z.output<typeof askPageQuery>;

/** @throws ParaciteError `bad_request` */
export function askedIn(c: Context): Asked {
  return parse(askPageQuery, { ...c.req.query(), ...listsIn(c) });
}

function listsIn(c: Context) {
  const { after = [], year = [], document = [], section = [] } = c.req.queries();
  return { after, year, document, section };
}

export function filtersOf({ document, year, section }: Asked): Filters {
  return { documents: document, years: year, sections: section, paragraphs: null };
}

export function isFiltered({ document, year, section }: Asked): boolean {
  return document.length + year.length + section.length > 0;
}

/** The address of a page with what is asked, without what is left at its default. */
export function urlOf(page: string, asked: Asked): string {
  const query = new URLSearchParams();
  if (asked.q !== undefined) query.append('q', asked.q);
  for (const earlier of asked.after) query.append('after', earlier);
  for (const name of ['document', 'year', 'section'] as const) {
    for (const value of asked[name]) query.append(name, String(value));
  }
  if (!asked.scope) query.append('scope', 'false');
  if (asked.answer === 'extractive') query.append('answer', asked.answer);
  return query.size === 0 ? page : `${page}?${query}`;
}
