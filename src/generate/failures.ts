import { ModelFailure } from './types.js';

/** Error codes of Node, and of the fetch that it brings, for a server that is not there or hangs up. */
const UNREACHABLE =
  /^(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_\w+)$/u;
/** Longest chain of causes that is looked at. */
const MAX_CAUSES = 6;

/**
 * What a provider's package threw, as one of few reasons. Only its status and codes are read: messages differ from one
 * provider to the next and may repeat what was sent.
 */
export function failureOf(error: unknown): ModelFailure {
  const chain = causesOf(error);
  const own = chain.find((one) => one instanceof ModelFailure);
  if (own) return own;
  for (const one of chain) {
    const status = statusOf(one);
    if (status === 429) return new ModelFailure('rate_limited', status);
    if (status === 408) return new ModelFailure('timeout', status);
    if (status !== null) return new ModelFailure(status >= 500 ? 'unavailable' : 'rejected', status);
  }
  if (chain.some(({ name }) => name === 'TimeoutError' || name === 'APIConnectionTimeoutError'))
    return new ModelFailure('timeout');
  const gone = ({ name, code }: Thrown) =>
    name === 'APIConnectionError' || (typeof code === 'string' && UNREACHABLE.test(code));
  // "terminated" and "fetch failed" come as bare TypeErrors with the socket's error as their cause.
  if (chain.some(gone)) return new ModelFailure('unavailable');
  return new ModelFailure('bad_response');
}

type Thrown = Error & { readonly code?: unknown; readonly status?: unknown; readonly statusCode?: unknown };

function causesOf(error: unknown): Thrown[] {
  const chain: Thrown[] = [];
  for (let one = error; one instanceof Error && chain.length < MAX_CAUSES; one = one.cause) chain.push(one);
  return chain;
}

function statusOf({ status, statusCode }: Thrown): number | null {
  const found = [status, statusCode].find(
    (one) => typeof one === 'number' && Number.isInteger(one) && one >= 400 && one <= 599,
  );
  return (found as number | undefined) ?? null;
}
