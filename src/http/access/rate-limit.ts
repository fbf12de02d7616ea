import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Length of the window, in seconds. */
const WINDOW_SECONDS = 60;

export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

export interface RateLimit {
  /** Counts a request of a key, by its name. */
  ofKey(name: string): Promise<Allowance>;
  /** Counts a request of an address or network. */
  ofNetwork(network: string): Promise<Allowance>;
}

/**
 * Counts requests in windows of a minute. Networks share 65,536 counters, so that no number of addresses fills the memory; which
 * network has which is a secret of this process, so that nobody can aim at another's counter.
 */
export function rateLimit(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  const secret = randomBytes(32);
  const count = async (counter: string): Promise<Allowance> => {
    const result = await limiter.consume(counter).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    });
    return {
      allowed: result.consumedPoints <= perMinute,
      limit: perMinute,
      remaining: Math.max(0, result.remainingPoints),
      resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
    };
  };
  return {
    ofKey: (name) => count(`key ${name}`),
    ofNetwork: (network) =>
      count(`network ${createHmac('sha256', secret).update(network).digest().readUInt16BE()}`),
  };
}

/**
 * What a client is told about its limit: the fields that most clients read (draft-ietf-httpapi-ratelimit-headers-06), and those of
 * the current draft (-11).
 */
export function rateLimitHeaders({ limit, remaining, resetSeconds }: Allowance): Record<string, string> {
  return {
    'RateLimit-Limit': String(limit),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(resetSeconds),
    'RateLimit-Policy': `"default";q=${limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"default";r=${remaining};t=${resetSeconds}`,
  };
}
