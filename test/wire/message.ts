/** Requests and answers of a chapter, as text and as what goes over HTTP. */
import { wbxml } from '../../src/codec/index.js';
import { activeSyncPath, basicCredentials, formatQuery, type Query, wbxmlContentType } from '../../src/http/index.js';
import { unwrap } from '../support/device.js';
import { fromHex, toHex } from '../support/hex.js';
import { formatNotation, parseNotation } from './notation.js';

export type QueryForm = Query['form'];

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly phrase: string;
  /** Names as sent, in the order of sending. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/**
 * A request from its lines. The first is `POST FolderSync 14.1 key=0 user=anna device=DEVICE0001 type=SP query=base64
 * password=secret`, where only method and command are needed: version and form are the chapter's then, and no key is sent.
 * `OPTIONS` has no command; with a target that begins with `/` nothing is added to what the lines say.
 */
export function requestOf(lines: readonly string[], usual: { readonly version: string; readonly form: QueryForm }) {
  const [first = '', ...rest] = lines;
  const [method = '', ...words] = first.split(' ');
  const written = rest.filter((line) => HEADER.test(line)).map((line) => line.split(/: (.*)/, 2));
  const body = bytesOf(rest.filter((line) => !HEADER.test(line)).join('\n'));
  const fields = new Map(
    words.filter((word) => FIELD.test(word)).map((word) => word.split(/=(.*)/, 2) as [string, string]),
  );
  for (const name of fields.keys()) if (!FIELDS.includes(name)) throw new Error(`no such field: ${name}`);
  const [command = '', version = usual.version, ...others] = words.filter((word) => !FIELD.test(word));
  if (others.length > 0) throw new Error(`not a request: ${first}`);
  const target = method === 'POST' && !command.startsWith('/') ? composed(command, version, fields, usual.form) : null;
  const request: RawRequest = {
    method,
    target: target?.url ?? (command || activeSyncPath),
    headers: {
      ...authorization(fields),
      ...target?.headers,
      ...(body.length > 0 && { 'Content-Type': wbxmlContentType }),
      ...Object.fromEntries(written),
    },
    body,
  };
  return request;
}

/** An answer as lines: status, headers of note, body. Usual headers are told where `named` has their name. */
export function linesOf({ status, phrase, headers, body }: RawAnswer, named: ReadonlySet<string>): readonly string[] {
  const usual: Readonly<Record<string, string | RegExp>> = {
    'content-length': String(body.length),
    ...(body.length > 0 && { 'content-type': wbxmlContentType, 'cache-control': 'private' }),
    date: /./,
    connection: /./,
  };
  const told = headers.filter(([name, value]) => {
    const expected = usual[name.toLowerCase()];
    return named.has(name) || !(expected instanceof RegExp ? expected.test(value) : expected === value);
  });
  return [
    phrase === '' ? String(status) : `${status} ${phrase}`,
    ...told.map(([name, value]) => `${name}: ${value}`),
    ...(body.length === 0 ? [] : bodyText(body).split('\n')),
  ];
}

/** The headers that lines name. */
export function headersNamed(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.filter((line) => HEADER.test(line)).map((line) => line.slice(0, line.indexOf(':'))));
}

const HEADER = /^[A-Za-z][A-Za-z-]*: /;
const FIELD = /^[a-z]+=/;
const FIELDS: readonly string[] = ['key', 'user', 'password', 'device', 'type', 'query'];

function composed(command: string, version: string, fields: ReadonlyMap<string, string>, usual: QueryForm) {
  const form = fields.get('query') ?? usual;
  const key = fields.get('key');
  const who = {
    command,
    user: fields.get('user') ?? USER,
    deviceId: fields.get('device') ?? DEVICE,
    deviceType: fields.get('type') ?? 'SP',
    parameters: {},
    others: [],
  };
  const query: Query =
    form === 'plain'
      ? { form, ...who }
      : {
          form: 'base64',
          ...who,
          protocolVersion: version,
          locale: 0x0409,
          ...(key !== undefined && { policyKey: key }),
        };
  const headers = { 'MS-ASProtocolVersion': version, ...(key !== undefined && { 'X-MS-PolicyKey': key }) };
  return { url: `${activeSyncPath}?${unwrap(formatQuery(query))}`, headers: form === 'plain' ? headers : {} };
}

function authorization(fields: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const password = fields.get('password') ?? PASSWORD;
  if (password === 'none') return {};
  return { Authorization: unwrap(basicCredentials.encode({ user: fields.get('user') ?? USER, password })) };
}

export const USER = 'anna';
export const PASSWORD = 'secret';
export const DEVICE = 'DEVICE0001';

/** A document, `hex 03 01 …`, `text "…"`, or nothing. */
function bytesOf(text: string): Uint8Array {
  if (text === '') return new Uint8Array();
  if (text.startsWith('hex ')) return fromHex(text.slice('hex '.length));
  if (text.startsWith('text ')) return new TextEncoder().encode(JSON.parse(text.slice('text '.length)) as string);
  return unwrap(wbxml.encode(parseNotation(text)));
}

function bodyText(body: Uint8Array): string {
  const document = wbxml.decode(body);
  return document.ok ? formatNotation(document.value) : `hex ${toHex(body)}`;
}
