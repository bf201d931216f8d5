import type { ExchangeFault } from '../../machines/index.js';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import { joinBytes } from '../protocol/bytes.js';
import { err, ok, type Result } from '../protocol/result.js';
import type { ByteStream, Clock, Transport, TransportResponse } from './ports.js';

/**
 * One HTTP request and its answer. Never rejects: a transport that throws is `Network`, an answer that is none or is
 * longer than `limit` bytes `Malformed`.
 *
 * @param handedOver is called when the transport has the request.
 */
export async function transmit(
  transport: Transport,
  { method, url, headers, body }: HttpRequest,
  limit: number,
  signal: AbortSignal,
  handedOver: () => void = () => {},
): Promise<Result<HttpResponse, ExchangeFault>> {
  try {
    const sent = body.length > 0 ? Uint8Array.from(body) : null;
    const answering = transport(url, { method, headers: { ...headers }, body: sent, signal, redirect: 'manual' });
    handedOver();
    const response = await answering;
    const received = await readBody(response, limit);
    if (received === null || !isStatus(response.status)) return err('Malformed');
    return ok({ status: response.status, headers: headersOf(response), body: received });
  } catch {
    return err('Network');
  }
}

/**
 * What work comes to within a time, in milliseconds, and until someone calls it off. The signal it is given is aborted
 * as soon as nobody waits for it any more.
 */
export async function within<Value>(
  milliseconds: number,
  clock: Clock,
  calledOff: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | 'Timeout' | 'Aborted'> {
  if (calledOff.aborted) return 'Aborted';
  const done = new AbortController();
  const timeout = (async () => clock.sleep(milliseconds, done.signal))().then(timedOut, timedOut);
  const aborted = new Promise<'Aborted'>((resolve) => {
    calledOff.addEventListener('abort', () => resolve('Aborted'), { signal: done.signal });
  });
  try {
    return await Promise.race([work(done.signal), timeout, aborted]);
  } finally {
    done.abort();
  }
}

function timedOut() {
  return 'Timeout' as const;
}

/** `null` where it is longer than the limit; no more than that is kept in memory where the body is a stream. */
async function readBody(response: TransportResponse, limit: number): Promise<Uint8Array | null> {
  if (response.body) return readStream(response.body, limit);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length > limit ? null : bytes;
}

async function readStream(stream: ByteStream, limit: number): Promise<Uint8Array | null> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return joinBytes(chunks, length);
    length += value.length;
    if (length > limit) {
      Promise.resolve(reader.cancel()).catch(() => {});
      return null;
    }
    chunks.push(value);
  }
}

function headersOf(response: TransportResponse): HttpResponse['headers'] {
  const headers = new Map<string, string>();
  response.headers.forEach((value, name) => {
    const key = name.toLowerCase();
    const earlier = headers.get(key);
    headers.set(key, earlier === undefined ? value : `${earlier}, ${value}`);
  });
  return Object.fromEntries(headers);
}

function isStatus(status: number): boolean {
  return Number.isSafeInteger(status) && status >= 0;
}
