/** Entries from an HTTP exchange: read from its bytes alone, total and bounded whatever they are. */
import { type HttpRequest, type HttpResponse, header, readTarget } from '../http/index.js';
import { normalizePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import type { ServerReason } from '../server/reasons.js';
import { type Disclosure, everything } from './disclosure.js';
import type { MessageEntry } from './entry.js';
import { refusalOf } from './refusal.js';
import { answerSummary, requestSummary } from './summary.js';

/** Where an entry stands. */
export interface EntryPlace {
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly session: string;
}

/** A request that was put on the wire, and what is known of it beside its bytes. */
export interface RequestSent extends EntryPlace {
  readonly id: number;
  readonly request: HttpRequest;
}

/** An answer that was put on the wire. */
export interface AnswerSent extends EntryPlace {
  readonly id: number;
  /** The `id` of the request. */
  readonly answers: number;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** Why it refuses, where the server told otherwise than in the answer. */
  readonly reason?: ServerReason | null;
}

/** A request as an entry, with all it holds or as `disclosure` has it. A query that cannot be read is its method. */
export function requestEntry(
  { at, session, id, request }: RequestSent,
  disclosure: Disclosure = everything,
): MessageEntry {
  const { command, protocolVersion, policyKey } = headOf(request);
  const { body } = request;
  return {
    kind: 'Message',
    at,
    session,
    id,
    direction: 'request',
    answers: null,
    command,
    protocolVersion,
    policyKey: policyKey === null ? null : disclosure.policyKey(policyKey),
    httpStatus: null,
    summary: requestSummary({ command, policyKey, body }, disclosure.policyKey),
    body: disclosure.body(body),
    refusal: null,
  };
}

/** The answer to a request as an entry. */
export function answerEntry(
  { at, session, id, answers, request, response, reason = null }: AnswerSent,
  disclosure: Disclosure = everything,
): MessageEntry {
  const { command, protocolVersion } = headOf(request);
  return {
    kind: 'Message',
    at,
    session,
    id,
    direction: 'answer',
    answers,
    command,
    protocolVersion,
    policyKey: null,
    httpStatus: response.status,
    summary: answerSummary(command, request.body, response, disclosure.policyKey),
    body: disclosure.body(response.body),
    refusal: refusalOf(command, response, reason),
  };
}

/** What a request says outside of its body, in either form of query (MS-ASHTTP 2.2.1.1.1). */
function headOf({ method, url, headers }: HttpRequest): {
  readonly command: string;
  readonly protocolVersion: string | null;
  readonly policyKey: PolicyKey | null;
} {
  const target = method === 'OPTIONS' ? null : readTarget(url);
  const query = target?.query.ok ? target.query.value : null;
  const isPacked = query?.form === 'base64';
  const version = isPacked ? query.protocolVersion : header(headers, 'MS-ASProtocolVersion');
  const key = (isPacked ? query.policyKey : undefined) ?? header(headers, 'X-MS-PolicyKey');
  return {
    command: (query?.command ?? method).slice(0, MAX_NAME),
    protocolVersion: version?.slice(0, MAX_NAME) ?? null,
    policyKey: key === null ? null : normalizePolicyKey(key),
  };
}

const MAX_NAME = 64;
