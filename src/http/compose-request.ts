import { type CommandName, commands, isCommandOf } from '../protocol/command.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import { problem } from '../protocol/problem.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isAtLeast, type ProtocolVersion } from '../protocol/version.js';
import { type HttpHeaders, isHeaderValue, wbxmlContentType } from './headers.js';
import type { HttpRequest } from './message.js';
import { type Base64Parameters, formatQuery, type PlainParameters, type Query } from './query.js';

/** A command as a client means it, before it takes one of the two query forms (MS-ASHTTP 2.2.1.1.1). */
export type CommandDraft = PlainDraft | Base64Draft;

/** MS-ASHTTP 2.2.1.1.1.2. A device stays with one form: servers may take its two spellings for two devices. */
export interface PlainDraft extends DraftFields {
  readonly form: 'plain';
  readonly parameters?: PlainParameters;
}

/** Only from 12.1 on (MS-ASHTTP 2.2.1.1.1.1). */
export interface Base64Draft extends DraftFields {
  readonly form: 'base64';
  /** The Windows locale identifier (MS-LCID), 0 to 65535; en-US (0x0409) when absent. */
  readonly locale?: number;
  /** Set when `deviceId` is the lower-case hexadecimal form of the bytes to send. */
  readonly deviceIdHex?: true;
  readonly parameters?: Base64Parameters;
}

/** What every request of a command has. */
export interface DraftFields {
  readonly command: CommandName;
  readonly protocolVersion: ProtocolVersion;
  /** The current policy key; `null` sends none. */
  readonly policyKey: PolicyKey | null;
  readonly user?: string;
  readonly deviceId: string;
  readonly deviceType: string;
  /** Of the body, WBXML when absent; without a body no Content-Type is sent (MS-ASHTTP 2.2.1.1.2.3). */
  readonly contentType?: string;
  /** Empty when absent. */
  readonly body?: Uint8Array;
}

/**
 * The request for a command at `endpoint`, an absolute URL or a path without query (MS-ASHTTP 2.2.1.1); `readRequest`
 * undoes it. Version and key travel in the base64 query or in headers, never in both (A-R160, A-R408). Authorization, User-Agent and
 * cookies are the caller's to add. `ERR_QUERY_VALUE`: a value that the form cannot carry, such as a key that is no uint32
 * in base64; a command or a form that the version lacks; a parameter that the command does not take.
 * `ERR_HEADER_VALUE`: a key or content type that no header can carry.
 */
export function composeRequest(endpoint: string, draft: CommandDraft): Result<HttpRequest> {
  const objection = objectionTo(draft);
  if (objection !== null) return err(problem('ERR_QUERY_VALUE', objection));
  const query = formatQuery(queryOf(draft));
  if (!query.ok) return query;
  const body = draft.body ?? new Uint8Array();
  const headers = {
    ...(draft.form === 'plain' && versionAndKey(draft)),
    ...(body.length > 0 && { 'Content-Type': draft.contentType ?? wbxmlContentType }),
  };
  if (!Object.values(headers).every(isHeaderValue)) return notCarried;
  return ok({ method: 'POST', url: `${endpoint}?${query.value}`, headers, body });
}

/** The OPTIONS request that asks for versions and commands (MS-ASHTTP 2.2.3.1.1). */
export function composeOptions(endpoint: string): HttpRequest {
  return { method: 'OPTIONS', url: endpoint, headers: {}, body: new Uint8Array() };
}

function objectionTo({ form, command, protocolVersion, parameters = {} }: CommandDraft): string | null {
  const taken: readonly string[] = commands[command].parameters;
  if (!isCommandOf(protocolVersion, command)) return 'The version lacks the command.';
  if (form === 'base64' && !isAtLeast(protocolVersion, '12.1')) return 'The version lacks the base64 form.';
  return Object.keys(parameters).every((name) => taken.includes(name)) ? null : 'The command lacks a parameter.';
}

function queryOf(draft: CommandDraft): Query {
  const { command, user, deviceId, deviceType, protocolVersion, policyKey } = draft;
  const fields = { command, ...(user !== undefined && { user }), deviceId, deviceType, others: [] };
  if (draft.form === 'plain') return { form: 'plain', ...fields, parameters: draft.parameters ?? {} };
  return {
    form: 'base64',
    ...fields,
    protocolVersion,
    locale: draft.locale ?? EN_US,
    ...(draft.deviceIdHex && { deviceIdHex: draft.deviceIdHex }),
    ...(policyKey !== null && { policyKey }),
    parameters: draft.parameters ?? {},
  };
}

function versionAndKey({ protocolVersion, policyKey }: PlainDraft): HttpHeaders {
  return { 'MS-ASProtocolVersion': protocolVersion, ...(policyKey !== null && { 'X-MS-PolicyKey': policyKey }) };
}

const EN_US = 0x0409;
const notCarried = err(problem('ERR_HEADER_VALUE', 'A policy key or content type that no header can carry.'));
