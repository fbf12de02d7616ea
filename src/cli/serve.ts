import { pino } from 'pino';
import type { Config } from '../config.js';
import { startServer } from '../http/index.js';

/** `paracite serve`: runs until SIGTERM or SIGINT, then finishes what is running. */
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
  try {
    await Promise.race([stopped, server.ready.then(() => stopped)]);
  } finally {
    await server.close();
  }
  return 0;
}
