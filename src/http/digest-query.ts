import type { DigestQuery, Format } from '../digest/index.js';
import { parse } from './problems.js';
import { digestQuery } from './schemas.js';

/**
 * Checks the parameters of a digest, each with all of its values.
 *
 * @throws ParaciteError `bad_request`
 */
export function parseDigest(parameters: Readonly<Record<string, readonly string[]>>): {
  readonly query: DigestQuery;
  readonly format: Format | undefined;
} {
  const { year = [], document = [], section = [], ...single } = parameters;
  const first = Object.entries(single).map(([name, [value]]) => [name, value]);
  const asked = parse(digestQuery, { ...Object.fromEntries(first), year, document, section });
  const { topic, limit, scope, format } = asked;
  const filters = { documents: asked.document, years: asked.year, sections: asked.section };
  return { query: { topic, limit, scope, filters }, format };
}
