import type { ProvisioningEvent, ProvisioningState } from '../../machines/index.js';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import { decideFact } from './decide.js';
import { handle, refuse } from './handle.js';
import type { Awaitable, DeviceAdministration, DeviceIdentity, ServerOptions } from './ports.js';
import { type DeviceRecord, parseRecord, recordKey, unknownDevice } from './record.js';
import { settingsOf } from './settings.js';
import { transact } from './transact.js';

/** A server without sockets: HTTP requests in, answers out, as plain data. */
export interface ProvisioningServer {
  /**
   * Answers one request: `await` it, for the answer is there at once where no function of the host had to be waited for.
   * It neither throws nor rejects. Mount it with `toNodeListener` or `toFetch`, or call it from a gateway.
   */
  handle(request: HttpRequest): Awaitable<HttpResponse>;
  /** The answer to a request whose body a mount did not take in: too long, or too slow. */
  refuse(request: Pick<HttpRequest, 'method'>, reason: 'BodyTooLarge' | 'BodyTooSlow'): HttpResponse;
  readonly devices: DeviceAdministration;
  /** The longest body it reads, in bytes: what a mount has to enforce while streaming. */
  readonly maxBody: number;
}

/**
 * The server's side of provisioning (MS-ASPROV 3.2): authenticates, gates every command, answers Provision, and passes
 * admitted commands to the host.
 *
 * @throws TypeError for an option that can not be meant.
 */
export function createProvisioningServer(options: ServerOptions): ProvisioningServer {
  const settings = settingsOf(options);
  const { store, maxBody } = settings;

  async function change(device: DeviceIdentity, decide: (record: DeviceRecord) => DeviceRecord): Promise<void> {
    const changed = await transact(store, device, (record) => ({ record: decide(record) }));
    if (typeof changed === 'string') throw new Error(changed);
  }

  const demand = (device: DeviceIdentity, reason: Demand['reason']) =>
    change(device, (record) => decideFact(record, demandOf(record.state, reason)));

  return {
    maxBody,
    handle: (request) => handle(request, settings),
    refuse: (request, reason) => refuse(request, reason, settings),
    devices: {
      async read(device) {
        const stored = await store.get(recordKey(device));
        const record = stored && parseRecord(stored.data);
        return record && { state: record.state, wiped: record.wiped, information: record.information };
      },
      require: demand,
      wipe: (device, scope) =>
        demand(device, scope === 'device' ? 'RemoteWipeRequested' : 'AccountOnlyRemoteWipeRequested'),
      readmit: (device) =>
        change(device, (record) => ({
          ...unknownDevice,
          state: decideFact(record, { type: 'Reset' }).state,
        })),
    },
  };
}

type Demand = Extract<ProvisioningEvent, { type: 'ReprovisionRequired' }>;

/** An administrator’s demand is about whatever key is in force. */
function demandOf({ context }: ProvisioningState<'server'>, reason: Demand['reason']): Demand {
  return { type: 'ReprovisionRequired', policyKey: context.policyKey, reason };
}
