/** One life of the server: the server as it ships, with a policy that the simulation sets. */
import type { HttpRequest, HttpResponse } from '../http/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import { createProvisioningServer, type DeviceAdministration, type ServerReason, type Store } from '../server/index.js';
import { account } from './account.js';
import type { Journal } from './journal.js';
import type { Timers } from './timers.js';

/** What outlives the server. */
export interface HostParts {
  readonly timers: Timers;
  readonly journal: Journal;
  readonly store: Store;
  readonly policy: () => EASProvisionDoc | null;
  /** The next key. */
  readonly mintKey: () => string;
}

export interface Host {
  /** The answer, and why it refuses. */
  handle(request: HttpRequest): Promise<{ readonly response: HttpResponse; readonly reason: ServerReason | null }>;
  readonly devices: DeviceAdministration;
}

export function createHost({ timers, journal, store, policy, mintKey }: HostParts): Host {
  let reason: ServerReason | null = null;
  const { handle, devices } = createProvisioningServer({
    authenticate: ({ basic }) =>
      basic?.user === account.user && basic.password === account.password ? account.user : null,
    policyFor: policy,
    commands: () => ({
      name: 'FolderHierarchy:FolderSync',
      content: [{ name: 'FolderHierarchy:Status', content: '1' }],
    }),
    store,
    mintKey,
    clock: () => timers.now,
    random: () => 0,
    refreshInterval: DAY,
    observe: (exchange) => {
      reason = exchange.reason;
    },
    inspect: (_device, transition) => journal.transition(transition),
  });
  return {
    devices,
    async handle(request) {
      const response = await handle(request);
      return { response, reason };
    },
  };
}

/** Milliseconds: agreements are renewed each day. */
export const DAY = 24 * 60 * 60 * 1000;
