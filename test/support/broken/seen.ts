/** A request as a careless server reads it, and how it is passed on as another. */
import { provisionRequest, wbxml } from '../../../src/codec/index.js';
import {
  basicCredentials,
  type HttpRequest,
  type HttpResponse,
  header,
  readRequest,
  wbxmlContentType,
} from '../../../src/http/index.js';
import { type CommandName, elementsOf } from '../../../src/protocol/command.js';
import type { ProvisionRequestMessage } from '../../../src/protocol/provision.js';
import { type ProtocolVersion, protocolVersions } from '../../../src/protocol/version.js';
import { credentials } from '../device.js';

export interface Seen {
  readonly http: HttpRequest;
  readonly command: CommandName;
  readonly version: ProtocolVersion;
  /** The X-MS-PolicyKey as it was sent; null without one. */
  readonly key: string | null;
  readonly deviceId: string;
  readonly deviceType: string;
  /** Null for any other command than Provision. */
  readonly message: ProvisionRequestMessage | null;
  /** The key that is acknowledged; null where none is. */
  readonly acknowledged: string | null;
  readonly isInitial: boolean;
  readonly isAuthentic: boolean;
}

export function seen(http: HttpRequest): Seen {
  const read = readRequest(http);
  if (!read.ok || read.value.kind !== 'Command') throw new TypeError(`no command: ${http.url}`);
  const { command, protocolVersion, policyKey, deviceId, deviceType, body } = read.value;
  const decoded = command === 'Provision' ? provisionRequest.decode(body) : null;
  const message = decoded?.ok ? decoded.value : null;
  const [policy] = message?.policies ?? [];
  const basic = basicCredentials.decode(header(http.headers, 'Authorization') ?? '');
  return {
    http,
    command,
    version: protocolVersion,
    key: policyKey,
    deviceId,
    deviceType,
    message,
    acknowledged: policy?.policyKey ?? null,
    isInitial: policy !== undefined && policy.policyKey === undefined,
    isAuthentic: basic.ok && basic.value.password === credentials.password,
  };
}

export function withMessage({ http }: Seen, message: ProvisionRequestMessage): HttpRequest {
  const body = provisionRequest.encode(message);
  if (!body.ok) throw new TypeError(body.error.message);
  return { ...http, body: body.value };
}

export function withHeaders({ http }: Seen, headers: Readonly<Record<string, string>>): HttpRequest {
  const others = Object.entries(http.headers).filter(
    ([name]) => !Object.keys(headers).some((key) => key.toLowerCase() === name.toLowerCase()),
  );
  return { ...http, headers: { ...Object.fromEntries(others), ...headers } };
}

/** The download of the same device. */
export function initialFrom(request: Seen): HttpRequest {
  const { policyType, deviceInformation } = protocolVersions[request.version];
  const described = deviceInformation === 'provision' && { deviceInformation: { Model: 'Broken' } };
  return withMessage(request, { ...described, policies: [{ policyType }] });
}

/** The document of the command with a status, whatever the version; the other signal beside it where one is given. */
export function statusOf({ command }: Pick<Seen, 'command'>, status: number, http = 200): HttpResponse {
  const elements = elementsOf('14.1', command) ?? { root: 'AirSync:Sync', status: 'AirSync:Status' };
  const body = wbxml.encode({ name: elements.root, content: [{ name: elements.status, content: String(status) }] });
  if (!body.ok) throw new TypeError(body.error.message);
  return { status: http, headers: { 'Content-Type': wbxmlContentType }, body: body.value };
}

/** HTTP alone. */
export function bare(status: number): HttpResponse {
  return { status, headers: {}, body: new Uint8Array() };
}
