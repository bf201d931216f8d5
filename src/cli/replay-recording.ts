/** The lines of a recording as exchanges: nothing of a line is believed. */
import type { HttpHeaders } from '../http/index.js';
import { ok, type Result } from '../protocol/result.js';
import type { RecordedExchange } from '../timeline/from-recording.js';
import { type ReplayProblem, refuse } from '../timeline/replay-problem.js';
import { bytesOfHex } from './hex.js';

/** Whether JSON looks like an exchange, in either spelling of its parts. */
export function isExchange(json: unknown): boolean {
  return isObject(partOf(json, 'req', 'request')) && isObject(partOf(json, 'res', 'response'));
}

/** An exchange from a line, or `ERR_REPLAY_RECORDING` with the path of what is wrong. The line number stands for `seq`. */
export function exchangeIn(json: unknown, line: number): Result<RecordedExchange, ReplayProblem> {
  const request = partOf(json, 'req', 'request');
  const response = partOf(json, 'res', 'response');
  const wrong = (path: string, what: string) => refuse('ERR_REPLAY_RECORDING', `Expected ${what}.`, { line, path });
  if (!isObject(request)) return wrong('req', 'a request');
  if (!isObject(response)) return wrong('res', 'a response');
  const [, method, url] = /^(\S{1,32}) (\S{1,65536})(?: HTTP\/\S{1,8})?$/.exec(textOf(request.line)) ?? [];
  if (method === undefined || url === undefined) return wrong('req.line', 'a request line');
  const { status } = response;
  if (!Number.isInteger(status) || Number(status) < 0 || Number(status) > 999) return wrong('res.status', 'a status');
  const [asked, answered] = [headersIn(request.headers), headersIn(response.headers)];
  if (!asked) return wrong('req.headers', 'pairs of name and value');
  if (!answered) return wrong('res.headers', 'pairs of name and value');
  const [body, answer] = [bytesOfHex(bodyIn(request)), bytesOfHex(bodyIn(response))];
  if (!body.ok) return wrong('req.bodyHex', `hexadecimal digits: ${body.error}`);
  if (!answer.ok) return wrong('res.bodyHex', `hexadecimal digits: ${answer.error}`);
  const seq = isObject(json) && Number.isSafeInteger(json.seq) ? Number(json.seq) : line;
  return ok({
    seq,
    request: { method, url, headers: asked, body: body.value },
    response: { status: Number(status), headers: answered, body: answer.value },
  });
}

function partOf(json: unknown, name: string, other: string): unknown {
  return isObject(json) ? (json[name] ?? json[other]) : undefined;
}

/** No headers are an empty list; null for what is none. */
function headersIn(json: unknown): HttpHeaders | null {
  if (json === undefined) return {};
  if (!Array.isArray(json) || json.length > MAX_HEADERS) return null;
  const pairs = json.filter(isPair);
  return pairs.length === json.length ? Object.fromEntries(pairs) : null;
}

const MAX_HEADERS = 1000;

function isPair(json: unknown): json is readonly [string, string] {
  return Array.isArray(json) && json.length === 2 && json.every((text) => typeof text === 'string');
}

function bodyIn(message: Readonly<Record<string, unknown>>): string {
  const { bodyHex = '' } = message;
  return typeof bodyHex === 'string' ? bodyHex : '!';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
