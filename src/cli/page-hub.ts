import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isLoopback } from '../admin/loopback.js';
import { createHistory, type History, type Passed } from './page-history.js';
import { queryTokenCheck } from './page-token.js';

/** Passes what producers say on to pages: neither is interpreted here, and what pages say is not listened to. */
export interface Hub {
  /** Takes a connection that asks to become a WebSocket, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Where producers and pages of Stately's protocol connect. */
export const hubPaths = { producer: '/stately', page: '/stately/receive' } as const;

export function createHub(token: string, history: History = createHistory()): Hub {
  const isRight = queryTokenCheck(token);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });
  const pages = new Set<WebSocket>();

  function welcome(path: string, socket: WebSocket): void {
    // Whatever breaks a connection also closes it.
    socket.on('error', () => {});
    if (path === hubPaths.page) {
      for (const message of history.messages) send(socket, message);
      pages.add(socket);
      socket.on('close', () => pages.delete(socket));
    } else {
      socket.on('message', (data, isBinary) => {
        const message = { data: bytesOf(data), isBinary };
        history.keep(socket, message);
        for (const page of pages) send(page, message);
      });
    }
  }

  return {
    upgrade(request, socket, head) {
      const gone = () => socket.destroy();
      socket.on('error', gone);
      const { path, token: presented } = targetOf(request);
      const refuse = (status: string) =>
        socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      if (!isLocal(request)) return void refuse('403 Forbidden');
      if (!isHubPath(path)) return void refuse('404 Not Found');
      void isRight(presented).then((isAllowed) => {
        if (!isAllowed) return void refuse('401 Unauthorized');
        if (sockets.clients.size >= MAX_SOCKETS) return void refuse('503 Service Unavailable');
        socket.off('error', gone);
        sockets.handleUpgrade(request, socket, head, (webSocket) => welcome(path, webSocket));
      });
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function targetOf({ url = '' }: IncomingMessage): { readonly path: string; readonly token: string | null } {
  const [path = '', query = ''] = url.split('?', 2);
  return { path, token: new URLSearchParams(query).get('token') };
}

function isHubPath(path: string): boolean {
  return path === hubPaths.producer || path === hubPaths.page;
}

/** A browser says which page it is that asks; what is no browser does not. */
function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  if (!isLoopback(host)) return false;
  if (origin === undefined) return true;
  const { authority } = /^https?:\/\/(?<authority>[^/]+)$/i.exec(origin)?.groups ?? {};
  return authority !== undefined && isLoopback(authority);
}

/** Who does not keep up is let go of. */
function send(page: WebSocket, { data, isBinary }: Passed): void {
  if (page.bufferedAmount > MAX_LAG) page.terminate();
  else page.send(data, { binary: isBinary });
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Bytes of one message. */
const MAX_PAYLOAD = 1024 * 1024;
/** Bytes that may wait for a page: more than the whole history. */
const MAX_LAG = 16 * 1024 * 1024;
/** Producers and pages. */
const MAX_SOCKETS = 64;
