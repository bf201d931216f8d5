/** Any command but Provision. */
import { wbxml } from '../codec/index.js';
import { type CommandRequest, type HttpHeaders, type HttpResponse, isWbxml } from '../http/index.js';
import { elementsOf } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import { andThen } from './attempt.js';
import { documentResponse } from './compose.js';
import { type Circumstances, type CommandFacts, decideCommand } from './decide.js';
import { exemptionFor } from './exemptions.js';
import { inspected } from './inspected.js';
import { type Note, plain, refusal, tell } from './note.js';
import type { AdmittedCommand, Awaitable, CommandAnswer, DeviceIdentity } from './ports.js';
import type { ServerReason } from './reasons.js';
import type { DeviceRecord } from './record.js';
import type { ServerSettings } from './settings.js';
import { informationIn, isOnlyInformation } from './settings-command.js';
import { transact } from './transact.js';

/** Admitted, it goes to the host, and what the host says is the answer; refused, the host never hears of it. */
export function answerThroughGate(
  command: CommandRequest,
  device: DeviceIdentity,
  headers: HttpHeaders,
  at: Circumstances,
  note: Note,
): Awaitable<HttpResponse> {
  const facts = factsOf(command, device, at.settings, note);
  const decide = (record: DeviceRecord) => decideCommand(record, facts, at);
  return andThen(transact(at.settings.store, device, decide), (decided) => {
    if (typeof decided === 'string') return refusal(decided, command, note);
    inspected(device, decided.transitions, at.settings);
    tell(decided, note);
    if (decided.reason) {
      note.exemption = null;
      return refusal(decided.reason, command, note);
    }
    const document = documentOf(command);
    if (typeof document === 'string') return refusal(document, command, note);
    const { user, deviceId } = device;
    const { command: name, protocolVersion, query, body } = command;
    const admitted = { user, deviceId, command: name, protocolVersion, query, headers, document, body };
    return carriedOut(admitted, at.settings, note);
  });
}

function factsOf(
  request: CommandRequest,
  { user }: DeviceIdentity,
  settings: ServerSettings,
  note: Note,
): CommandFacts {
  const { command, deviceId, deviceType } = request;
  const presented = note.policyKey;
  note.exemption = exemptionFor({ user, deviceId, deviceType, command }, settings.exemptions)?.name ?? null;
  const isExempt = note.exemption !== null;
  if (command !== 'Settings') return { command, presented, isExempt, deviceInformation: null };
  const document = documentOf(request);
  const isAdmitted = settings.admitDeviceInformation && isOnlyInformation(document);
  return { command, presented, isExempt: isExempt || isAdmitted, deviceInformation: informationIn(document) };
}

/** The body as a document, where the command has one in this version and there is a body at all; or what is wrong. */
function documentOf({ body, contentType, protocolVersion, command }: CommandRequest): Element | null | ServerReason {
  if (body.length === 0 || !elementsOf(protocolVersion, command)) return null;
  if (contentType !== null && !isWbxml(contentType)) return 'InvalidContent';
  const document = wbxml.decode(body);
  return document.ok ? document.value : 'InvalidWBXML';
}

/** What the host throws here is answered where any other failure of its is: in `handle.ts`. */
function carriedOut(command: AdmittedCommand, settings: ServerSettings, note: Note): Awaitable<HttpResponse> {
  return andThen(settings.commands(command), (answer) => {
    if (isElement(answer)) return documentResponse(answer);
    return isStatus(answer.status ?? 200) ? responseOf(answer) : plain('HostFailed', note);
  });
}

/** A status that every platform can send as the last word on a request. */
function isStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599;
}

function responseOf({ status = 200, headers = {}, body = new Uint8Array() }: CommandAnswer): HttpResponse {
  if (body instanceof Uint8Array) return { status, headers, body };
  const document = documentResponse(body);
  if (document.status !== 200) return document;
  return { status, headers: { ...document.headers, ...headers }, body: document.body };
}

function isElement(answer: Element | CommandAnswer): answer is Element {
  return 'name' in answer && 'content' in answer;
}
