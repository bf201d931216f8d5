import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHub } from './page-hub.js';
import { type PageRequests, pageListener } from './page-requests.js';

export interface PageServer {
  /** `http://127.0.0.1:PORT`, with the port that it really has. */
  readonly origin: string;
  /** Ends every connection, also those that would go on. */
  close(): Promise<void>;
}

export interface PageServerOptions extends PageRequests {
  /** 0 is any that is free. */
  readonly port: number;
  /** Whether it is also the hub between programs and pages that speak Stately's protocol. */
  readonly isHub: boolean;
}

/** Serves the page on the loopback; rejects with the system's error when the port can not be had. */
export function servePage({ port, isHub, ...requests }: PageServerOptions): Promise<PageServer> {
  const server = createServer(pageListener(requests));
  const hub = isHub ? createHub(requests.token) : null;
  // Without a listener an upgrade is a request like any other.
  if (hub) server.on('upgrade', hub.upgrade);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      hub?.close();
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { address, port } = server.address() as AddressInfo;
      resolve({ origin: `http://${address}:${port}`, close });
    });
  });
}
