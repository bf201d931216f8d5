/** Serves the built page on loopback, with the policy that its real server sends, and what a test adds. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHeaders } from '../../../src/cli/page-headers.js';
import { root } from '../../support/packed.js';

export interface PageServer {
  /** With a slash at the end. */
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** Answers a request by itself; false leaves it to the files of the page. */
export type Route = (path: string, headers: Readonly<Record<string, unknown>>, answer: ServerResponse) => boolean;

export async function servePage(route: Route = () => false): Promise<PageServer> {
  const server = createServer(async (request, answer) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (route(path, request.headers, answer)) return;
    const name = path === '/' ? 'index.html' : path.slice(1);
    const type = types[name];
    if (type === undefined) {
      answer.writeHead(404).end();
      return;
    }
    const body = await readFile(`${root}dist/page/${name}`);
    answer.writeHead(200, { 'content-type': type, ...pageHeaders(request.headers.host ?? '') }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const types: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'main.js': 'text/javascript; charset=utf-8',
  'main.css': 'text/css; charset=utf-8',
};
