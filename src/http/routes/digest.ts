import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { FORMATS, type Format, fileNameOf, MEDIA_TYPES, written } from '../../digest/index.js';
import { parseDigest } from '../digest-query.js';
import { since } from '../took.js';
import type { RouteOptions } from './options.js';

/** What was said on a topic over the years, as JSON or as a file to keep. */
export function digest({ ready }: RouteOptions): Hono {
  return new Hono().get('/v1/digest', async (c) => {
    const responder = ready();
    const started = performance.now();
    const { query, format = formatAccepted(c) } = parseDigest(c.req.queries());
    const view = await responder.digest(query, { signal: c.req.raw.signal });
    c.header('Vary', 'Accept');
    if (format === 'json') return c.json({ ...view, tookMs: since(started) });
    const file = await written(view, format);
    const type = MEDIA_TYPES[format];
    return c.body(typeof file === 'string' ? file : file.slice().buffer, 200, {
      'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'Content-Disposition': `attachment; filename="${fileNameOf(view, format)}"`,
    });
  });
}

function formatAccepted(c: Context): Format {
  const type = accepts(c, {
    header: 'Accept',
    supports: Object.values(MEDIA_TYPES),
    default: MEDIA_TYPES.json,
  });
  return FORMATS.find((format) => MEDIA_TYPES[format] === type) ?? 'json';
}
