/** A Provision request: read, judged, decided, written, answered. */
import { provisionRequest } from '../codec/index.js';
import { type CommandRequest, type HttpResponse, isWbxml } from '../http/index.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import { andThen, attempt, failed } from './attempt.js';
import { composeProvision } from './compose.js';
import { type Circumstances, decideProvision } from './decide.js';
import { inspected } from './inspected.js';
import { type Note, refusal, tell } from './note.js';
import type { Awaitable, DeviceIdentity } from './ports.js';
import { readProvision } from './read-provision.js';
import { reasonOfStatus } from './reasons.js';
import type { DeviceRecord } from './record.js';
import { described } from './record-changes.js';
import { transact } from './transact.js';

/** What the host fails at here is Provision Status 3 (MS-ASPROV 2.2.2.54.2). */
export function answerToProvision(
  command: CommandRequest,
  device: DeviceIdentity,
  at: Circumstances,
  note: Note,
): Awaitable<HttpResponse> {
  return andThen(
    attempt(() => provision(command, device, at, note)),
    (answer) => {
      if (answer !== failed) return answer;
      note.reason = 'HostFailed';
      return composeProvision({ kind: 'RejectionResponse', scope: 'Provision', status: 3 }, at.version, false);
    },
  );
}

function provision(
  command: CommandRequest,
  device: DeviceIdentity,
  at: Circumstances,
  note: Note,
): Awaitable<HttpResponse> {
  const { contentType, body, protocolVersion: version } = command;
  if (contentType !== null && !isWbxml(contentType)) return refusal('InvalidContent', command, note);
  const message = provisionRequest.decode(body);
  if (!message.ok && message.error.code.startsWith('ERR_WBXML') && body.length > 0) {
    return refusal('InvalidWBXML', command, note);
  }
  const read = message.ok ? readProvision(message.value, version, at.settings) : notProvision;
  const { deviceInformation } = read.ok ? read.value : read.error;
  const describes = deviceInformation !== null;
  if (!read.ok) {
    note.reason = reasonOfStatus(read.error.status);
    const { scope, status } = read.error;
    const rejected = () => composeProvision({ kind: 'RejectionResponse', scope, status }, version, describes);
    return describes ? andThen(keep(deviceInformation, device, at), rejected) : rejected();
  }
  const decide = (record: DeviceRecord) => decideProvision(record, read.value, at);
  return andThen(transact(at.settings.store, device, decide), (decided) => {
    if (typeof decided === 'string') return refusal(decided, command, note);
    inspected(device, decided.transitions, at.settings);
    tell(decided, note);
    if (decided.response === null) return refusal('PolicySourceFailed', command, note);
    return composeProvision(decided.response, version, describes);
  });
}

function keep(information: DeviceInformation, device: DeviceIdentity, { settings }: Circumstances) {
  return transact(settings.store, device, (record) => ({ record: described(record, information) }));
}

const notProvision = { ok: false, error: { scope: 'Provision', status: 2, deviceInformation: null } } as const;
