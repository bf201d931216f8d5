/** What is to be said of a request, filled in as it is answered, and the answers that are only a reason. */
import type { CommandRequest, HttpRequest, HttpResponse } from '../http/index.js';
import { attempt } from './attempt.js';
import { composeRefusal, httpResponse } from './compose.js';
import type { Decision } from './decide.js';
import type { ServerExchange } from './ports.js';
import type { ServerReason } from './reasons.js';
import type { ServerSettings } from './settings.js';

export type Note = { -readonly [Field in keyof ServerExchange]: ServerExchange[Field] };

export function unauthorized(note: Note): HttpResponse {
  note.reason = 'BadCredentials';
  return { ...httpResponse(401), headers: { 'WWW-Authenticate': 'Basic realm="ActiveSync", charset="UTF-8"' } };
}

/** A refusal that only HTTP can tell. */
export function plain(reason: ServerReason, note: Note): HttpResponse {
  note.reason = reason;
  return composeRefusal(reason, null);
}

export function refusal(reason: ServerReason, command: CommandRequest, note: Note): HttpResponse {
  note.reason = reason;
  const { protocolVersion: version, command: name, policyKey } = command;
  return composeRefusal(reason, { version, command: name, carriesKey: policyKey !== null });
}

export function tell({ events, reason, record, previous }: Decision, note: Note): void {
  note.events = events;
  note.reason = reason;
  note.state = record.state;
  note.previous = previous;
}

export function noteOn({ method }: Pick<HttpRequest, 'method'>): Note {
  return {
    at: 0,
    method,
    user: null,
    deviceId: null,
    deviceType: null,
    command: null,
    protocolVersion: null,
    policyKey: null,
    httpStatus: 0,
    reason: null,
    events: [],
    exemption: null,
    previous: null,
    state: null,
  };
}

export function observed(response: HttpResponse, note: Note, settings: ServerSettings): HttpResponse {
  note.httpStatus = response.status;
  // What an observer throws, now or later, has no say in the answer.
  attempt(() => settings.observe?.(note));
  settings.seen?.note(note);
  if (note.reason === null || !settings.explainRefusals) return response;
  return { ...response, headers: { ...response.headers, 'X-EAS-Provisioning-Reason': note.reason } };
}
