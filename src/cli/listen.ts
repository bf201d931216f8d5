import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { activeSyncPath } from '../http/index.js';

export interface Listening {
  /** The endpoint, with the port that it really has. */
  readonly url: string;
  /** Accepts nothing more, and settles when what is under way is answered, at the latest after `grace` milliseconds. */
  close(grace?: number): Promise<void>;
}

/** Serves a listener over HTTP; rejects with the system's error when the port can not be had. */
export function listen(listener: RequestListener, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    listener(request, response);
  });
  const close = (grace = 5000) =>
    new Promise<void>((resolve) => {
      const deadline = setTimeout(() => server.closeAllConnections(), grace);
      server.close(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve({ url: urlOf(server.address() as AddressInfo), close }));
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${activeSyncPath}`;
}
