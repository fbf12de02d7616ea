import type { Query } from '../retrieve/index.js';
import { parse } from './problems.js';
import { searchQuery } from './schemas.js';

/**
 * Checks the parameters of a search, each with all of its values.
 *
 * @throws ParaciteError `bad_request`
 */
export function parseSearch(parameters: Readonly<Record<string, readonly string[]>>): Query {
  const { year = [], document = [], section = [], ...single } = parameters;
  const first = Object.entries(single).map(([name, [value]]) => [name, value]);
  const asked = parse(searchQuery, { ...Object.fromEntries(first), year, document, section });
  const { q: text, limit, scope } = asked;
  const filters = {
    documents: asked.document,
    years: asked.year,
    sections: asked.section,
    paragraphs: null,
  };
  return { text, limit, filters, scope };
}
