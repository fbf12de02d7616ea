import type { Context } from 'hono';
import type { RecordDocument } from '../../corpus/index.js';
import type { Responder } from '../../response/index.js';
import type { Operations } from '../../serving/index.js';
import type { Metrics } from '../observe/index.js';

/** What routes are given. */
export interface RouteOptions {
  /** @throws ParaciteError `not_ready` while questions cannot be answered */
  readonly ready: () => Responder;
  /**
   * The document that the path names with `:id`.
   *
   * @throws ParaciteError `not_found`
   */
  readonly documentOf: (c: Context) => RecordDocument;
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown, requestId?: string) => void;
  readonly metrics: Metrics;
  /** What an operator can do and see; null where there is only a responder. */
  readonly operations: Operations | null;
  /** Whether a key is needed. */
  readonly closed: boolean;
  /** Reverse proxies in front, which say whether a client came over TLS. */
  readonly trustedProxies: number;
}
