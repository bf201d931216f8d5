/** Where a chapter plays: our server behind a real socket, with the time, the policies and the host of the chapter. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProvisioningServer, type ProvisioningServer, toNodeListener } from '../../src/server/index.js';
import { PASSWORD } from './message.js';
import type { Setting } from './settings.js';

export interface Stage {
  /** Milliseconds since 1970; move it. */
  now: number;
  readonly server: ProvisioningServer;
  readonly port: number;
  close(): Promise<void>;
}

/** Policies and refusals are looked up as they are when they are asked for. */
export async function openStage({ options, policies, refusals, host }: Setting): Promise<Stage> {
  let minted = FIRST_KEY;
  const server = createProvisioningServer({
    authenticate: ({ basic }) => (basic?.password === PASSWORD ? basic.user : null),
    policyFor({ user }) {
      const policy = policies.get(user) ?? policies.get('') ?? null;
      if (policy === 'failing') throw new Error('the policy can not be looked up');
      return policies.get(user) === null ? null : policy;
    },
    accessFor: ({ user }) => refusals.get(user) ?? null,
    commands: host,
    mintKey: () => String(minted++),
    clock: () => stage.now,
    random: () => 1 / 2,
    ...options,
  });
  const listening = createServer(toNodeListener(server));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const stage: Stage = {
    now: Date.UTC(2026, 10, 21),
    server,
    port,
    close: () => new Promise((resolve) => void listening.close(() => resolve())),
  };
  return stage;
}

/** Beyond 2^31, where a key that is read as a signed number is another. */
const FIRST_KEY = 3_942_919_513;
