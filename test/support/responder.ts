import type { Responder } from '../../src/response/index.js';

/** A responder of which only what a test is about does anything. */
export function responderOf(parts: Partial<Responder>): Responder {
  const nothing = () => Promise.reject(new Error('not asked for'));
  return {
    documents: [],
    identity: 'none',
    builtAt: '2025-01-16T00:00:00.000Z',
    ask: nothing,
    search: nothing,
    verify: nothing,
    verifyDraft: nothing,
    digest: nothing,
    ...parts,
  };
}
