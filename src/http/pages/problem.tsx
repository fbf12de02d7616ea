import type { MiddlewareHandler } from 'hono';
import type { Assets } from './assets.js';
import { Layout } from './layout.js';

interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** Shows problem details as a page to whoever asks for a page. Those of the interface for programs stay as they are. */
export function problemPages(assets: Assets): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const type = c.res.headers.get('Content-Type') ?? '';
    const asksForPage = /\btext\/html\b/u.test(c.req.header('Accept') ?? '');
    if (!asksForPage || c.req.path.startsWith('/v1/') || !type.startsWith('application/problem+json')) return;
    const problem = (await c.res.json()) as Problem;
    const page = await c.html(<ProblemPage assets={assets} problem={problem} />);
    const headers = new Headers(c.res.headers);
    headers.set('Content-Type', page.headers.get('Content-Type') ?? 'text/html; charset=utf-8');
    const retryAfter = headers.get('Retry-After');
    if (problem.status === 503 && retryAfter !== null) headers.set('Refresh', retryAfter);
    c.res = new Response(page.body, { status: problem.status, headers });
  };
}

function ProblemPage({ assets, problem }: { readonly assets: Assets; readonly problem: Problem }) {
  const { title, status, detail } = problem;
  return (
    <Layout assets={assets} title={title}>
      <h1>{title}</h1>
      {status === 404 && <p>There is nothing at this address.</p>}
      <p class={status === 404 ? 'note' : undefined}>{detail}</p>
      <p>{status === 503 ? 'This page tries again by itself.' : <a href="/">Ask the record</a>}</p>
    </Layout>
  );
}
