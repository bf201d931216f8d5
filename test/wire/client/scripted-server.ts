/** A server over real HTTP that says what it is told to say; what came in is for the script to judge. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest } from '../../../src/http/index.js';

/** What it says: `null` breaks the connection, `silence` keeps it open and says nothing. */
export type Answer = Reply | null | 'silence';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export interface ScriptedServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens on the loopback; `answerTo` is asked for each request, when its body is there. */
export async function scriptedServer(answerTo: (request: HttpRequest) => Answer): Promise<ScriptedServer> {
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing, answerTo));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answerTo: (request: HttpRequest) => Answer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = '', url = '' } = incoming;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const answer = answerTo({ method, url, headers, body: Buffer.concat(chunks) });
  if (answer === 'silence') return;
  if (answer === null) outgoing.destroy();
  else outgoing.writeHead(answer.status, answer.headers).end(answer.bytes);
}
