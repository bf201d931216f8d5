/** What is under way between both sides, and what it is as bytes. */
import type { ProvisionRequest, ProvisionResponse, StatusScope, WipeScope } from '../../machines/index.js';
import { provisionRequest } from '../codec/index.js';
import { type HttpResponse, isSuccess } from '../http/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { ReadProvision } from '../server/read-provision.js';
import { type ServerReason, serverReasons } from '../server/reasons.js';
import type { Parts } from './parts.js';
import { FRESH_KEY } from './values.js';

/** Who on the device waits for the answer: the exchange, the wipe it does not wait long for, a command, or nobody. */
export type Waiter = 'exchange' | 'wipe' | 'command 1' | 'command 2' | 'nobody';

export type RequestMessage =
  | { readonly to: Waiter; readonly kind: 'Provision'; readonly policyKey: string; readonly request: ProvisionRequest }
  | { readonly to: Waiter; readonly kind: 'Command'; readonly policyKey: string };

export type AnswerMessage = { readonly to: Waiter } & Answer;
export type Answer =
  | { readonly kind: 'Provision'; readonly response: ProvisionResponse }
  | { readonly kind: 'Passed' }
  | { readonly kind: 'Refused'; readonly reason: ServerReason; readonly of: 'Provision' | 'Command' };

export interface Wire {
  /** A request as the server reads it, from the bytes that the client writes. */
  read(request: ProvisionRequest): ReadProvision;
  /** An answer as it leaves the server. */
  answer(answer: Answer): HttpResponse;
}

/** The documents that stand for the policies, by number from 1 on. */
export const documents: readonly EASProvisionDoc[] = [
  { DevicePasswordEnabled: true },
  { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 },
  { DevicePasswordEnabled: false },
];

/** All answers are written beforehand, because writing one is asynchronous. */
export async function createWire(parts: Parts, version: ProtocolVersion): Promise<Wire> {
  const written = new Map<string, HttpResponse>();
  for (const response of responses()) {
    // An answer that this version cannot be given is never sent, and seen to it that it is not (I5).
    written.set(JSON.stringify(response), await parts.composeProvision(response, version, false));
  }
  const passed: HttpResponse = { status: 200, headers: {}, body: new Uint8Array() };
  return {
    read(request) {
      const bytes = provisionRequest.encode(parts.compose(request, version, information));
      const message = bytes.ok ? provisionRequest.decode(bytes.value) : bytes;
      if (!message.ok) throw new TypeError(`${request.kind}: ${message.error.message}`);
      const read = parts.readProvision(message.value, version, { requireDeviceInformation: true });
      if (!read.ok) throw new TypeError(`${request.kind}: refused with Status ${read.error.status}`);
      return read.value;
    },
    answer(answer) {
      if (answer.kind === 'Passed') return passed;
      if (answer.kind === 'Refused') {
        const command = answer.of === 'Provision' ? 'Provision' : 'FolderSync';
        return parts.composeRefusal(answer.reason, { version, command, carriesKey: true });
      }
      const response = written.get(JSON.stringify(answer.response));
      if (!response) throw new TypeError(`not written: ${JSON.stringify(answer.response)}`);
      return response;
    },
  };
}

const information = { Model: 'Device' };

function* responses(): Generator<ProvisionResponse> {
  const keys = Array.from({ length: FRESH_KEY }, (_, at) => String(at + 1));
  for (const policyKey of keys) {
    yield { kind: 'PermanentKeyResponse', policyKey };
    for (const policy of documents) yield { kind: 'PolicyResponse', policyKey, policy };
  }
  yield { kind: 'NoPolicyResponse' };
  yield { kind: 'NoWipeResponse' };
  for (const scope of ['device', 'account'] as const satisfies readonly WipeScope[]) {
    yield { kind: 'WipeResponse', scope };
    for (const status of [1, 2] as const) yield { kind: 'WipeRecordedResponse', scope, status };
  }
  const statuses = new Set([
    3,
    ...Object.values(serverReasons).flatMap(({ status }) => (status === null ? [] : status)),
  ]);
  for (const scope of ['Provision', 'Policy'] as const satisfies readonly StatusScope[]) {
    for (const status of statuses) yield { kind: 'RejectionResponse', scope, status };
  }
}

/** A message for a chart. */
export function requestText(message: RequestMessage): string {
  const under = `key ${message.policyKey}`;
  if (message.kind === 'Command') return `FolderSync, ${under}`;
  const { request } = message;
  switch (request.kind) {
    case 'InitialRequest':
      return `Provision initial, ${under}`;
    case 'EmptyRequest':
      return `Provision empty, ${under}`;
    case 'PolicyAcknowledgment':
      return `Provision acknowledgment of ${request.policyKey}, status ${request.status}`;
    case 'WipeAcknowledgment':
      return `Provision wipe of the ${request.scope}, status ${request.status}`;
  }
}

export function answerText(answer: Answer, http: HttpResponse): string {
  switch (answer.kind) {
    case 'Passed':
      return '200';
    case 'Refused':
      return isSuccess(http.status) ? `${serverReasons[answer.reason].status} ${answer.reason}` : `${http.status}`;
    case 'Provision': {
      const { response } = answer;
      switch (response.kind) {
        case 'PolicyResponse':
          return `policy under temporary key ${response.policyKey}`;
        case 'PermanentKeyResponse':
          return `permanent key ${response.policyKey}`;
        case 'NoPolicyResponse':
          return 'no policy';
        case 'NoWipeResponse':
          return 'no wipe';
        case 'WipeResponse':
          return `wipe the ${response.scope}`;
        case 'WipeRecordedResponse':
          return `wipe recorded, status ${response.status}`;
        case 'RejectionResponse':
          return `${response.scope} ${response.status}`;
      }
    }
  }
}
