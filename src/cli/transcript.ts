/** Recorded exchanges, one JSON object a line: what `--record` writes and `decode --jsonl` reads. */
import { wbxml } from '../codec/index.js';
import { xmlView } from '../codec/xml/index.js';
import { type HttpHeaders, type HttpRequest, type HttpResponse, parseQuery } from '../http/index.js';
import { hexOf } from './hex.js';

export interface TranscriptRecord {
  readonly seq: number;
  /** Who recorded it. */
  readonly client: string;
  readonly req: RecordedMessage & { readonly line: string; readonly query: RecordedQuery };
  readonly res: RecordedMessage & { readonly status: number };
}

interface RecordedMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty when there was none. */
  readonly bodyHex: string;
  /** The body as XML, where it is WBXML. */
  readonly xml?: string;
}

type RecordedQuery = { readonly form: 'none' | 'plain' | 'base64' | 'unreadable' } & Readonly<Record<string, string>>;

/** One exchange as it is recorded. Credentials and cookies are left out, and only their scheme is told. */
export function recordOf(seq: number, client: string, request: HttpRequest, response: HttpResponse): TranscriptRecord {
  const target = request.url.replace(/^https?:\/\/[^/]*/i, '');
  const line = `${request.method} ${target} HTTP/1.1`;
  return {
    seq,
    client,
    req: { line, query: queryOf(target), ...messageOf(request) },
    res: { status: response.status, ...messageOf(response) },
  };
}

function messageOf({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): RecordedMessage {
  const xml = xmlOf(body);
  return { headers: headersOf(headers), bodyHex: hexOf(body), ...(xml !== null && { xml }) };
}

function headersOf(headers: HttpHeaders): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [name, secret.has(name.toLowerCase()) ? veiled(value) : value]);
}

function veiled(value: string): string {
  return value.replace(/^(?:(basic|bearer|negotiate|ntlm|digest) )?.*$/is, (_, scheme?: string) =>
    scheme ? `${scheme} ***` : '***',
  );
}

function xmlOf(body: Uint8Array): string | null {
  const document = body.length > 0 ? wbxml.decode(body) : null;
  const xml = document?.ok ? xmlView.encode(document.value) : null;
  return xml?.ok ? xml.value : null;
}

function queryOf(target: string): RecordedQuery {
  const start = target.indexOf('?');
  if (start < 0) return { form: 'none' };
  const query = parseQuery(target.slice(start + 1));
  if (!query.ok) return { form: 'unreadable' };
  const { form, command, user, deviceId, deviceType } = query.value;
  return { form, cmd: command, ...(user !== undefined && { user }), deviceId, deviceType };
}

const secret: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
