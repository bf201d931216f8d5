/** One HTTP request, one HTTP answer: authenticate, look up what holds, hand on, tell. */
import {
  basicCredentials,
  type CommandRequest,
  composeOptionsResponse,
  type HttpRequest,
  type HttpResponse,
  header,
  isDeviceId,
  isDeviceType,
  readRequest,
  readTarget,
} from '../http/index.js';
import { normalizePolicyKey } from '../protocol/policy-key.js';
import { answerThroughGate } from './answer-command.js';
import { answerToProvision } from './answer-provision.js';
import { andThen, attempt, failed } from './attempt.js';
import type { Circumstances } from './decide.js';
import { determinePolicy } from './determine.js';
import { remembering } from './memo.js';
import { type Note, noteOn, observed, plain, refusal, unauthorized } from './note.js';
import type { Awaitable, DeviceIdentity } from './ports.js';
import type { ServerReason } from './reasons.js';
import type { ServerSettings } from './settings.js';

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
  return andThen(circumstancesOf(device, protocolVersion, note.at, settings), (at) => {
    if (at === failed) return refusal('AccessSourceFailed', command, note);
    if (command.command !== 'Provision') return answerThroughGate(command, device, headers, at, note);
    return answerToProvision(command, device, at, note);
  });
}

/** What holds for a device now; failed where nobody can say whether it may come. */
function circumstancesOf(
  device: DeviceIdentity,
  version: Circumstances['version'],
  now: number,
  settings: ServerSettings,
): Awaitable<Circumstances | typeof failed> {
  const { accessFor } = settings;
  const access = accessFor ? attempt(() => accessFor(device)) : null;
  return andThen(access, (refused) => {
    if (refused === failed) return failed;
    return andThen(determinePolicy(device, settings), (policy) => ({
      now,
      policy,
      version,
      access: refused,
      settings,
    }));
  });
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
