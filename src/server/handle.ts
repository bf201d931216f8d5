/** One HTTP request, one HTTP answer: authenticate, look up, decide, write, answer. */
import type { PolicyRevision } from '../../machines/index.js';
import { provisionRequest, wbxml } from '../codec/index.js';
import {
  basicCredentials,
  type CommandRequest,
  composeOptionsResponse,
  type HttpHeaders,
  type HttpRequest,
  type HttpResponse,
  header,
  isDeviceId,
  isDeviceType,
  isWbxml,
  readRequest,
  readTarget,
} from '../http/index.js';
import { elementsOf } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import { normalizePolicyKey } from '../protocol/policy-key.js';
import { andThen, attempt, failed } from './attempt.js';
import { composeProvision, documentResponse } from './compose.js';
import { type Circumstances, decideCommand, decideProvision } from './decide.js';
import { remembering } from './memo.js';
import { type Note, noteOn, observed, plain, refusal, tell, unauthorized } from './note.js';
import type { AdmittedCommand, Awaitable, CommandAnswer, DeviceIdentity } from './ports.js';
import { readProvision } from './read-provision.js';
import { reasonOfStatus, type ServerReason } from './reasons.js';
import type { DeviceRecord } from './record.js';
import { knownRevision } from './revision.js';
import type { ServerSettings } from './settings.js';
import { transact } from './transact.js';

/** Answers a request; neither throws nor rejects, whatever the request is and whatever the host's functions do. */
export function handle(request: HttpRequest, settings: ServerSettings): Awaitable<HttpResponse> {
  const note = noteOn(request);
  const answer = attempt(() => {
    note.at = settings.clock();
    return answerTo(request, settings, note);
  });
  return andThen(answer, (response) =>
    observed(response === failed ? plain('HostFailed', note) : response, note, settings),
  );
}

/** The answer to a request whose body was not taken in. */
export function refuse(
  request: Pick<HttpRequest, 'method'>,
  reason: ServerReason,
  settings: ServerSettings,
): HttpResponse {
  const note = noteOn(request);
  attempt(() => {
    note.at = settings.clock();
  });
  return observed(plain(reason, note), note, settings);
}

const readKnownTarget = remembering(readTarget);

function answerTo(request: HttpRequest, settings: ServerSettings, note: Note): Awaitable<HttpResponse> {
  const read = readRequest(request, readKnownTarget);
  if (!read.ok && read.error.reason === 'WrongPath') return plain('WrongPath', note);
  return andThen(authenticate(request, settings), (user) => {
    if (user === failed) return plain('CredentialsSourceFailed', note);
    if (user === null) return unauthorized(note);
    note.user = user;
    if (!read.ok) return plain(read.error.reason, note);
    if (read.value.kind === 'Options') return optionsResponse(settings);
    return answerToCommand(read.value, user, request, settings, note);
  });
}

function answerToCommand(
  command: CommandRequest,
  user: string,
  { headers }: HttpRequest,
  settings: ServerSettings,
  note: Note,
): Awaitable<HttpResponse> {
  const { deviceId, deviceType, protocolVersion, policyKey } = command;
  note.command = command.command;
  note.deviceId = deviceId;
  note.deviceType = deviceType;
  note.protocolVersion = protocolVersion;
  note.policyKey = policyKey === null ? null : normalizePolicyKey(policyKey);
  if (command.body.length > settings.maxBody) return plain('BodyTooLarge', note);
  if (!settings.versions.includes(protocolVersion)) return plain('VersionNotSupported', note);
  if (!isDeviceId(deviceId)) return refusal('DeviceIdMissingOrInvalid', command, note);
  if (!isDeviceType(deviceType)) return refusal('DeviceTypeMissingOrInvalid', command, note);
  const device = { user, deviceId };
  return andThen(policyOf(device, settings), (policy) => {
    if (policy === failed) return refusal('PolicySourceFailed', command, note);
    const at = { now: note.at, policy: policy.document, revision: policy.revision, version: protocolVersion, settings };
    if (command.command === 'Provision') return answerToProvision(command, device, at, note);
    return answerThroughGate(command, device, headers, at, note);
  });
}

/** The policy set for a device, and its revision. */
function policyOf(device: DeviceIdentity, settings: ServerSettings): Awaitable<Determined | typeof failed> {
  return andThen(
    attempt(() => settings.policyFor(device)),
    (document) => {
      if (document === failed) return failed;
      if (document === null) return noPolicy;
      return andThen(
        attempt(() => knownRevision(document)),
        (revision) => (revision === failed ? failed : { document, revision }),
      );
    },
  );
}

type Determined = { readonly document: EASProvisionDoc | null; readonly revision: PolicyRevision | null };
const noPolicy: Determined = { document: null, revision: null };

function answerThroughGate(
  command: CommandRequest,
  device: DeviceIdentity,
  headers: HttpHeaders,
  at: Circumstances,
  note: Note,
): Awaitable<HttpResponse> {
  const decide = (record: DeviceRecord) => decideCommand(record, command.command, note.policyKey, at);
  return andThen(transact(at.settings.store, device, decide), (decided) => {
    if (typeof decided === 'string') return refusal(decided, command, note);
    tell(decided, note);
    if (decided.reason) return refusal(decided.reason, command, note);
    const document = documentOf(command);
    if (typeof document === 'string') return refusal(document, command, note);
    const { user, deviceId } = device;
    const { command: name, protocolVersion, query, body } = command;
    const admitted = { user, deviceId, command: name, protocolVersion, query, headers, document, body };
    return carriedOut(admitted, at.settings, note);
  });
}

function answerToProvision(
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
  const describes = message.ok && message.value.deviceInformation !== undefined;
  const read = message.ok ? readProvision(message.value, version, at.settings) : notProvision;
  if (!read.ok) {
    note.reason = reasonOfStatus(read.error.status);
    const { scope, status } = read.error;
    return composeProvision({ kind: 'RejectionResponse', scope, status }, version, describes);
  }
  const decide = (record: DeviceRecord) => decideProvision(record, read.value, at);
  return andThen(transact(at.settings.store, device, decide), (decided) => {
    if (typeof decided === 'string') return refusal(decided, command, note);
    tell(decided, note);
    return composeProvision(decided.response, version, describes);
  });
}

const notProvision = { ok: false, error: { scope: 'Provision', status: 2 } } as const;

function carriedOut(command: AdmittedCommand, settings: ServerSettings, note: Note): Awaitable<HttpResponse> {
  return andThen(
    attempt(() => settings.commands(command)),
    (answer) => {
      if (answer === failed) return plain('HostFailed', note);
      if (isElement(answer)) return documentResponse(answer);
      return isStatus(answer.status ?? 200) ? responseOf(answer) : plain('HostFailed', note);
    },
  );
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

/** The body as a document, where the command has one in this version and there is a body at all; or what is wrong. */
function documentOf({ body, contentType, protocolVersion, command }: CommandRequest): Element | null | ServerReason {
  if (body.length === 0 || !elementsOf(protocolVersion, command)) return null;
  if (contentType !== null && !isWbxml(contentType)) return 'InvalidContent';
  const document = wbxml.decode(body);
  return document.ok ? document.value : 'InvalidWBXML';
}

function authenticate({ headers }: HttpRequest, settings: ServerSettings) {
  const authorization = header(headers, 'Authorization');
  const basic = authorization === null ? null : basicCredentials.decode(authorization);
  return attempt(() => settings.authenticate({ authorization, basic: basic?.ok ? basic.value : null }));
}

function optionsResponse({ versions }: ServerSettings): HttpResponse {
  const { status, headers, body } = composeOptionsResponse(versions);
  const methods = { Allow: 'OPTIONS,POST', Public: 'OPTIONS,POST' };
  return { status, headers: { 'MS-Server-ActiveSync': '14.3', ...methods, ...headers }, body };
}
