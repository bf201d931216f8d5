import { activeSyncPath, type HttpRequest, type HttpResponse } from '../http/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { type DeviceRecord, recordKey } from '../server/record.js';
import { documents } from './messages.js';
import type { Parts } from './parts.js';

/** The answers of a whole server to whoever is not authenticated, while its store holds a record. */
export function toStrangers(parts: Parts, record: DeviceRecord, version: ProtocolVersion): readonly HttpResponse[] {
  const { handle } = parts.createProvisioningServer({
    authenticate: () => null,
    policyFor: () => documents[0] ?? null,
    commands: () => ({}),
    store: {
      get: (key) => (key === recordKey(device) ? { version: 1, data: parts.formatRecord(record) } : null),
      put: () => false,
    },
  });
  return ['FolderSync', 'Provision'].map((command) => atOnce(handle(requestOf(command, version))));
}

const device = { user: 'user', deviceId: 'device' };

function requestOf(command: string, version: ProtocolVersion): HttpRequest {
  const query = `Cmd=${command}&User=user&DeviceId=device&DeviceType=type`;
  const headers = { 'MS-ASProtocolVersion': version, 'X-MS-PolicyKey': '0' };
  return { method: 'POST', url: `${activeSyncPath}?${query}`, headers, body: new Uint8Array() };
}

/** Every function of this host answers at once; a server that looks further than at the credentials may not. */
function atOnce(answer: HttpResponse | Promise<HttpResponse>): HttpResponse {
  return answer instanceof Promise ? { status: 0, headers: {}, body: new Uint8Array() } : answer;
}
