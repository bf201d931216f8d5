import { type CommandName, commandNames, isCommandOf } from '../protocol/command.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { type HttpHeaders, header } from './headers.js';
import { parseHttpDate } from './http-date.js';
import type { HttpResponse } from './message.js';

export {
  type HttpStatus,
  type HttpStatusRow,
  httpStatus,
  httpStatuses,
  isHttpStatus,
  isSuccess,
} from './http-status.js';

/** What a server says of itself (MS-ASHTTP 2.2.4.1.2), in order; unknown versions and commands are kept. */
export interface ServerOffer {
  readonly versions: readonly string[];
  readonly commands: readonly string[];
}

/**
 * The answer to OPTIONS (MS-ASHTTP 2.2.4.1.2): the versions, and the commands that at least one of them has, unless told
 * which.
 */
export function composeOptionsResponse(
  versions: readonly ProtocolVersion[],
  commands: readonly CommandName[] = commandsOf(versions),
): HttpResponse {
  const headers = { 'MS-ASProtocolVersions': versions.join(','), 'MS-ASProtocolCommands': commands.join(',') };
  return { status: 200, headers, body: new Uint8Array() };
}

/** What the headers of an answer offer (MS-ASHTTP 2.2.4.1.2); a header that is not there is an empty list. */
export function readOffer(headers: HttpHeaders): ServerOffer {
  return { versions: list(headers, 'MS-ASProtocolVersions'), commands: list(headers, 'MS-ASProtocolCommands') };
}

/**
 * How long Retry-After asks to wait, in milliseconds from `now` (milliseconds since 1970), at least 0 and at most
 * 24 hours; `null` when it is not there or neither seconds nor an HTTP date (RFC 9110 10.2.3).
 */
export function retryAfter(headers: HttpHeaders, now: number): number | null {
  const value = header(headers, 'Retry-After');
  if (value === null) return null;
  const date = parseHttpDate(value);
  if (date === null && !/^\d+$/.test(value)) return null;
  return Math.min(Math.max(date === null ? Number(value) * 1000 : date - now, 0), maxRetryAfter);
}

/**
 * Where a 451 sends the client (MS-ASHTTP 3.1.5.2.2): an https URL of at most 2048 characters, without user, query and
 * fragment, so that it can be the endpoint of the next request. `null` when X-MS-Location is missing or anything else.
 */
export function redirectLocation(headers: HttpHeaders): string | null {
  const value = header(headers, 'X-MS-Location');
  if (value === null || value.length > 2048) return null;
  return /^https:\/\/[A-Za-z0-9._:[\]-]+(?:\/[\x21-\x7e]*)?$/i.test(value) ? (value.split(/[?#]/, 1)[0] ?? null) : null;
}

function commandsOf(versions: readonly ProtocolVersion[]): readonly CommandName[] {
  return commandNames.filter((name) => versions.some((version) => isCommandOf(version, name)));
}

function list(headers: HttpHeaders, name: string): readonly string[] {
  const entries = header(headers, name)?.split(',') ?? [];
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

const maxRetryAfter = 24 * 60 * 60 * 1000;
