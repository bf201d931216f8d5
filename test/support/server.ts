/** A server whose time, keys, policy and observations are the test's. */
import { elementsOf } from '../../src/protocol/command.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import {
  createMemoryStore,
  createProvisioningServer,
  type ProvisioningServer,
  type ServerExchange,
  type ServerOptions,
  type Store,
} from '../../src/server/index.js';
import { credentials } from './device.js';

export interface ServerUnderTest {
  readonly server: ProvisioningServer;
  readonly store: Store & { readonly size: number };
  readonly exchanges: ServerExchange[];
  /** Milliseconds since 1970; move it. */
  now: number;
  /** Replace it to change the policy. */
  policy: EASProvisionDoc | null;
}

export const policyA: EASProvisionDoc = {
  DevicePasswordEnabled: true,
  MinDevicePasswordLength: 4,
  MaxAttachmentSize: null,
};
export const policyB: EASProvisionDoc = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 };

export function serverUnderTest(options: Partial<ServerOptions> = {}): ServerUnderTest {
  const exchanges: ServerExchange[] = [];
  const store = createMemoryStore();
  let minted = 100;
  const under: ServerUnderTest = {
    store,
    exchanges,
    now: Date.UTC(2026, 10, 21),
    policy: policyA,
    server: createProvisioningServer({
      authenticate: ({ basic }) => (basic?.password === credentials.password ? basic.user : null),
      policyFor: () => under.policy,
      commands: ({ command, protocolVersion }) => {
        const elements = elementsOf(protocolVersion, command);
        return elements ? { name: elements.root, content: [{ name: elements.status, content: '1' }] } : { status: 200 };
      },
      store,
      mintKey: () => String(minted++),
      clock: () => under.now,
      observe: (exchange) => void exchanges.push(exchange),
      ...options,
    }),
  };
  return under;
}
