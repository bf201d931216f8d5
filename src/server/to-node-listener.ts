import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpHeaders, HttpResponse } from '../http/index.js';
import { andThen } from './attempt.js';
import { Chunks } from './chunks.js';
import type { ProvisioningServer } from './create-server.js';

/** What a mount may be told. */
export interface MountOptions {
  /** Milliseconds for a body to arrive, after which the answer is 408; 30 000 when absent. */
  readonly bodyTimeout?: number;
}

/**
 * The server as a listener of `node:http` or `node:https`: `http.createServer(toNodeListener(server))`. The body is
 * read up to the server's cap, enforced on Content-Length and while streaming (413), and in bounded time (408).
 */
export function toNodeListener(
  server: Pick<ProvisioningServer, 'handle' | 'refuse' | 'maxBody'>,
  { bodyTimeout = 30_000 }: MountOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const refused = new WeakSet<object>();
  return (request, response) => {
    // What was sent ahead behind a body that was refused has no answer to wait for (RFC 9112 9.6).
    if (refused.has(request.socket)) return;
    const answer = (body: Uint8Array) => {
      const { method = 'GET', url = '/', headers } = request;
      andThen(server.handle({ method, url, headers: plainHeaders(headers), body }), (answered) =>
        send(response, answered),
      );
    };
    // The rest of a body that is not read would be taken for the next request.
    const cutShort = (reason: 'BodyTooLarge' | 'BodyTooSlow') => {
      refused.add(request.socket);
      response.shouldKeepAlive = false;
      send(response, server.refuse({ method: request.method ?? 'GET' }, reason));
      request.resume();
    };
    receive(request, server.maxBody, bodyTimeout, answer, cutShort);
  };
}

function receive(
  request: IncomingMessage,
  maxBody: number,
  timeout: number,
  answer: (body: Uint8Array) => void,
  cutShort: (reason: 'BodyTooLarge' | 'BodyTooSlow') => void,
): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBody) {
    cutShort('BodyTooLarge');
    return;
  }
  const chunks = new Chunks(maxBody);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = true;
  const end = (then?: () => void) => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(timer);
    then?.();
  };
  request.on('data', (chunk: Uint8Array) => {
    if (isOpen && !chunks.add(chunk)) end(() => cutShort('BodyTooLarge'));
  });
  request.on('end', () => end(() => answer(chunks.joined())));
  // Most bodies come with their head, and need neither a time limit nor someone to notice that they stop.
  setImmediate(() => {
    if (!isOpen || request.destroyed) return;
    timer = setTimeout(() => end(() => cutShort('BodyTooSlow')), timeout);
    // Comes also behind an error, which a request keeps to itself where nobody listens for it.
    request.on('close', () => end());
  });
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  if (response.writableEnded || response.destroyed) return;
  try {
    // A 204 has no length (RFC 9110 8.6).
    const fields = status === 204 ? headers : { 'Content-Length': body.length, ...headers };
    if (status === 449) response.writeHead(status, PHRASE_449, fields);
    else response.writeHead(status, fields);
    response.end(body);
  } catch {
    // A header of the host's that HTTP does not carry.
    response.writeHead(500, { 'Content-Length': 0 });
    response.end();
  }
}

/** 449 has no phrase of its own in HTTP; this is the one that servers send. */
const PHRASE_449 = 'Retry after sending a PROVISION command';

/** A request's headers are text but for Set-Cookie, which no request has. */
function plainHeaders(headers: IncomingMessage['headers']): HttpHeaders {
  if (headers['set-cookie'] === undefined) return headers as HttpHeaders;
  const { 'set-cookie': _, ...text } = headers;
  return text as HttpHeaders;
}
