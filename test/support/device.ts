/** A hand-driven device: sends what it is told to a server's handler and reads the answer; no machine of its own. */
import { provisionRequest, provisionResponse, wbxml } from '../../src/codec/index.js';
import { basicCredentials, composeRequest, type HttpHeaders, type HttpResponse } from '../../src/http/index.js';
import type { CommandName } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import type { Result } from '../../src/protocol/result.js';
import { type ProtocolVersion, protocolVersions } from '../../src/protocol/version.js';
import type { ProvisioningServer } from '../../src/server/index.js';

export const credentials = { user: 'user@example.test', password: 'secret' } as const;

export interface Sending {
  readonly version?: ProtocolVersion;
  /** Null sends no key at all. */
  readonly key?: string | null;
  readonly deviceId?: string;
  readonly deviceType?: string;
  readonly form?: 'plain' | 'base64';
  readonly password?: string;
  readonly headers?: HttpHeaders;
}

export interface Device {
  /** Any command with any body. */
  send(command: CommandName, body: Uint8Array, sending?: Sending): Promise<HttpResponse>;
  /** FolderSync with key 0: the HTTP status, and the Status in the body if there is one. */
  folderSync(sending?: Sending): Promise<Told>;
  /** A Provision request and the message that answers it, or the HTTP status where there is none. */
  provision(message: ProvisionRequestMessage, sending?: Sending): Promise<ProvisionResponseMessage | number>;
  /** The initial request for the version. */
  initial(sending?: Sending): ReturnType<Device['provision']>;
  acknowledge(policyKey: string, status?: number, sending?: Sending): ReturnType<Device['provision']>;
  /** Initial request and acknowledgment; the permanent key. */
  settle(sending?: Sending): Promise<string>;
}

export interface Told {
  readonly http: number;
  readonly status: string | null;
}

export function deviceOf({ handle }: Pick<ProvisioningServer, 'handle'>, usual: Sending = {}): Device {
  const device: Device = {
    async send(command, body, sending = {}) {
      const { version = '14.1', key = '0', form = 'plain', ...rest } = { ...usual, ...sending };
      const { deviceId = 'DEVICE0001', deviceType = 'SP', password = credentials.password, headers = {} } = rest;
      const draft = {
        command,
        protocolVersion: version,
        policyKey: key,
        user: credentials.user,
        deviceId,
        deviceType,
        body,
      };
      const request = unwrap(composeRequest('/Microsoft-Server-ActiveSync', { form, ...draft }));
      const Authorization = unwrap(basicCredentials.encode({ user: credentials.user, password }));
      return handle({ ...request, headers: { ...request.headers, Authorization, ...headers } });
    },
    async folderSync(sending) {
      const response = await device.send('FolderSync', folderSyncBody, sending);
      return { http: response.status, status: statusOf(response) };
    },
    async provision(message, sending) {
      const response = await device.send('Provision', unwrap(provisionRequest.encode(message)), sending);
      return response.status === 200 ? unwrap(provisionResponse.decode(response.body)) : response.status;
    },
    initial: (sending) => device.provision(initialMessage(sending?.version ?? usual.version), sending),
    acknowledge: (policyKey, status = 1, sending = {}) =>
      device.provision(
        { policies: [{ policyType: typeFor(sending.version ?? usual.version), policyKey, status }] },
        { key: policyKey, ...sending },
      ),
    async settle(sending) {
      const temporary = keyIn(await device.initial(sending));
      return keyIn(await device.acknowledge(temporary, 1, sending));
    },
  };
  return device;
}

export const folderSyncBody = unwrap(
  wbxml.encode({ name: 'FolderHierarchy:FolderSync', content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }] }),
);

export function initialMessage(version: ProtocolVersion = '14.1'): ProvisionRequestMessage {
  const describes = protocolVersions[version].deviceInformation === 'provision';
  return {
    ...(describes && { deviceInformation: { Model: 'TestModel' } }),
    policies: [{ policyType: typeFor(version) }],
  };
}

/** The key in a Provision response; fails loudly where there is none. */
export function keyIn(message: ProvisionResponseMessage | number): string {
  const key = typeof message === 'number' ? undefined : message.policies?.[0]?.policyKey;
  if (key === undefined) throw new Error(`no policy key in ${JSON.stringify(message)}`);
  return key;
}

/** The text of the root's Status, whatever its code page. */
export function statusOf({ body }: HttpResponse): string | null {
  if (body.length === 0) return null;
  const { content } = unwrap(wbxml.decode(body));
  const isStatus = ({ name }: Element) => name.endsWith(':Status');
  const status = Array.isArray(content) ? content.find(isStatus)?.content : null;
  return typeof status === 'string' ? status : null;
}

export function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function typeFor(version: ProtocolVersion = '14.1'): string {
  return protocolVersions[version].policyType;
}
