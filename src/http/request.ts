import { type CommandName, isCommandName, isCommandOf } from '../protocol/command.js';
import type { Problem } from '../protocol/problem.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isProtocolVersion, type ProtocolVersion } from '../protocol/version.js';
import { header } from './headers.js';
import { activeSyncPath, type HttpRequest } from './message.js';
import { parseQuery, type Query } from './query.js';

/** A request that is one of ours (MS-ASHTTP 2.2.1.1, 2.2.3.1). */
export type EasRequest = { readonly kind: 'Options' } | CommandRequest;

/** A POST that can be read: the command, who sends it, under which key. */
export interface CommandRequest {
  readonly kind: 'Command';
  readonly query: Query;
  readonly command: CommandName;
  /** From the query in the base64 form, otherwise from MS-ASProtocolVersion. */
  readonly protocolVersion: ProtocolVersion;
  /**
   * The key as presented, not normalized: from the query if it has one, otherwise from X-MS-PolicyKey. `null` when
   * neither is there, which is not the same as key 0 (MS-ASPROV 3.1.5.2, R458).
   */
  readonly policyKey: string | null;
  /** As in the query; to be judged with `isDeviceId`. */
  readonly deviceId: string;
  /** As in the query; to be judged with `isDeviceType`. */
  readonly deviceType: string;
  /** Content-Type, or `null` without one. */
  readonly contentType: string | null;
  readonly body: Uint8Array;
}

/** Why a request is refused before anyone looks at its body, and with which HTTP status (MS-ASHTTP 2.2.2.1.1). */
export const requestRefusals = {
  WrongPath: { status: 404, meaning: 'The path is not that of ActiveSync.' },
  UnknownMethod: { status: 501, meaning: 'The method is neither POST nor OPTIONS.' },
  BadQuery: { status: 400, meaning: 'The query is neither plain text with a Cmd nor base64; the problem says why.' },
  MissingVersion: { status: 400, meaning: 'A plain-text query without MS-ASProtocolVersion.' },
  UnknownVersion: { status: 400, meaning: 'A protocol version that does not exist.' },
  UnknownCommand: { status: 501, meaning: 'A command that does not exist, or not in this version.' },
} as const;

/** Why a request cannot be read (MS-ASHTTP 2.2.2.1.1). */
export type RefusalReason = keyof typeof requestRefusals;

/** A request that cannot be read: why, and the HTTP status that says so (MS-ASHTTP 2.2.2.1.1). */
export interface RequestRefusal {
  readonly reason: RefusalReason;
  readonly status: (typeof requestRefusals)[RefusalReason]['status'];
  /** What is wrong with the query, with a `BadQuery`. */
  readonly problem?: Problem;
}

/**
 * What an HTTP request asks for (MS-ASHTTP 2.2.1.1, 2.2.3.1), or the HTTP status it deserves. Path (letter case does not
 * matter), method, query, version and command are judged, in this order; device id, device type, key and body are left
 * to the caller. The query of OPTIONS is not looked at, and a base64 query is read in the versions before 12.1 too.
 *
 * @param read reads the URL, where the caller has a quicker way to the same answer.
 */
export function readRequest(
  { method, url, headers, body }: HttpRequest,
  read: (url: string) => Target = readTarget,
): Result<EasRequest, RequestRefusal> {
  const target = read(url);
  if (!target.isOurs) return refuse('WrongPath');
  if (method === 'OPTIONS') return ok({ kind: 'Options' });
  if (method !== 'POST') return refuse('UnknownMethod');

  if (!target.query.ok) return refuse('BadQuery', target.query.error);
  const query = target.query.value;
  const version = query.form === 'base64' ? query.protocolVersion : header(headers, 'MS-ASProtocolVersion');
  if (version === null) return refuse('MissingVersion');
  if (!isProtocolVersion(version)) return refuse('UnknownVersion');
  const { command, deviceId, deviceType } = query;
  if (!isCommandName(command) || !isCommandOf(version, command)) return refuse('UnknownCommand');

  const presented = query.form === 'base64' ? query.policyKey : undefined;
  return ok({
    kind: 'Command',
    query,
    command,
    protocolVersion: version,
    policyKey: presented ?? header(headers, 'X-MS-PolicyKey'),
    deviceId,
    deviceType,
    contentType: header(headers, 'Content-Type'),
    body,
  });
}

/** What the URL of a request says, whatever its method (MS-ASHTTP 2.2.1.1.1). */
export interface Target {
  /** Whether the path is that of ActiveSync. */
  readonly isOurs: boolean;
  readonly query: Result<Query>;
}

/** Path and query of an absolute or relative URL (MS-ASHTTP 2.2.1.1.1, A-R403). */
export function readTarget(url: string): Target {
  const end = url.indexOf('?');
  const resource = end < 0 ? url : url.slice(0, end);
  const path = resource.replace(/^https?:\/\/[^/]*/i, '');
  return {
    isOurs: path.toLowerCase() === activeSyncPath.toLowerCase(),
    query: parseQuery(end < 0 ? '' : url.slice(end + 1)),
  };
}

function refuse(reason: RefusalReason, problem?: Problem) {
  return err<RequestRefusal>({ reason, status: requestRefusals[reason].status, ...(problem && { problem }) });
}
