import { Hono } from 'hono';
import { jsonBody } from '../body.js';
import { parse } from '../problems.js';
import { draftBody, verifyBody } from '../schemas.js';
import type { RouteOptions } from './options.js';

/** A quotation compared with the record, or every quotation of a draft. */
export function verification({ ready }: RouteOptions): Hono {
  return new Hono().post('/v1/verify', async (c) => {
    const responder = ready();
    const { signal } = c.req.raw;
    const body = await jsonBody(c);
    if (isDraft(body)) {
      const { text, paragraph } = parse(draftBody, body);
      return c.json(await responder.verifyDraft({ text, paragraph }, { signal }));
    }
    const claim = parse(verifyBody, body);
    return c.json(await responder.verify({ ...claim, paragraph: claim.paragraph ?? null }, { signal }));
  });
}

function isDraft(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'text');
}
