import { hc } from 'hono/client';
import type { App, Operations } from './app.js';

export type { App, Operations };

export interface ClientOptions {
  /** One of the server's API_KEYS, where it has any. */
  readonly apiKey?: string;
  /** What sends the requests; the global `fetch` where left out. */
  readonly fetch?: typeof fetch;
}

export type Client = ReturnType<typeof hc<App>>;

/**
 * A typed client of a running server, by Hono's RPC: paths are properties, and what a response has depends on its status.
 *
 * ```ts
 * const client = createClient('http://127.0.0.1:3000');
 * const response = await client.v1.ask.$post({ json: { question: 'What was said about prisons in 2022?' } });
 * if (response.ok) console.log((await response.json()).citations);
 * else console.log((await response.json()).detail);
 * ```
 *
 * @param baseUrl of the server, without a path
 */
export function createClient(baseUrl: string, { apiKey, fetch }: ClientOptions = {}): Client {
  return hc<App>(baseUrl, {
    ...(apiKey !== undefined && { headers: { Authorization: `Bearer ${apiKey}` } }),
    ...(fetch && { fetch }),
  });
}
