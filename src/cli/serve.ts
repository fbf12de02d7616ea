import { pino } from 'pino';
import type { Config } from '../config.js';
import { startServer } from '../http/index.js';

/** `paracite serve`: runs until SIGTERM or SIGINT, then finishes what is running. SIGHUP reads the corpus anew. */
export async function serveCommand(config: Config): Promise<number> {
  const log = pino({ level: config.logLevel, base: null });
  const server = await startServer(config, log);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        log.info({ signal }, 'stopping');
        resolve();
      });
    }
  });
  // It logs what came of it.
  const reindex = () => void server.operations.reindex().catch(() => undefined);
  process.on('SIGHUP', reindex);
  try {
    await Promise.race([stopped, server.ready.then(() => stopped)]);
  } finally {
    process.off('SIGHUP', reindex);
    await server.close();
  }
  return 0;
}
