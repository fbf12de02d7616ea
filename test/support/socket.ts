import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type createApp, PATIENCE } from '../../src/http/index.js';
import { httpServer } from '../../src/http/listener.js';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** An app behind a real socket, for clients that bring their own way of sending. */
export async function listening(fetch: ReturnType<typeof createApp>['fetch']): Promise<Listening> {
  const { server } = httpServer({
    fetch,
    hostname: '127.0.0.1',
    timeouts: PATIENCE,
    onError: (error) => {
      throw error;
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
