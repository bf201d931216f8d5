import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isLoopback } from '../admin/loopback.js';
import { tokenCheck } from '../admin/token.js';
import type { PageFiles } from './page-files.js';
import { pageHeaders } from './page-headers.js';
import type { Journal } from './page-journal.js';
import { type StreamHead, streamEntries } from './page-stream.js';

/** What a page watches or replays. */
export interface Shown extends StreamHead {
  readonly journal: Journal;
}

/** What there is to be had by HTTP. */
export interface PageRequests {
  readonly files: PageFiles;
  /** What `/entries` gives to whoever has the token; null for a page that only simulates. */
  readonly shown: Shown | null;
  readonly token: string;
}

/** Answers GET and HEAD, read only: the files of the page to everyone on this host, entries to whoever has the token. */
export function pageListener({ files, shown, token }: PageRequests): RequestListener {
  const isRight = tokenCheck(token);
  let readers = 0;

  async function entries(request: IncomingMessage, response: ServerResponse, { journal, ...head }: Shown) {
    if (!(await isRight({ Authorization: request.headers.authorization ?? '' }))) {
      refuse(response, 401, { 'WWW-Authenticate': 'Bearer' });
      return;
    }
    if (readers >= MAX_READERS) {
      refuse(response, 503);
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    readers += 1;
    response.on('close', () => {
      readers -= 1;
    });
    streamEntries(journal, { mode: head.mode, title: head.title }, response);
  }

  return (request, response) => {
    const { host = '', 'if-none-match': known } = request.headers;
    if (!isLoopback(host)) {
      refuse(response, 403);
      return;
    }
    for (const [name, value] of Object.entries(pageHeaders(host))) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, { Allow: 'GET, HEAD', Connection: 'close' });
      return;
    }
    const [path = ''] = (request.url ?? '').split('?', 1);
    const file = files.get(path);
    if (file) {
      const fields = { 'Cache-Control': 'no-cache', ETag: file.etag };
      if (known === file.etag) response.writeHead(304, fields).end();
      else {
        response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length, ...fields });
        response.end(file.body);
      }
    } else if (path === '/entries' && shown !== null) void entries(request, response, shown);
    else refuse(response, 404);
  };
}

function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Length': 0, ...headers }).end();
}

/** Pages that read entries at the same time. */
const MAX_READERS = 32;
