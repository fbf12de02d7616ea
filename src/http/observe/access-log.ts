import type { Logger } from 'pino';
import type { AccessEntry } from './observe.js';

/** What asks every few seconds and is of no interest while all is well. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Writes a line for every request. */
export function accessLog(log: Logger): (entry: AccessEntry) => void {
  return (entry) => {
    if (entry.status >= 500 && entry.status !== 503) log.error(entry, 'request');
    else if (PROBES.has(entry.route)) log.debug(entry, 'request');
    else log.info(entry, 'request');
  };
}
