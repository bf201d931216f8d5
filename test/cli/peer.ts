import { onTestFinished } from 'vitest';
import { listen } from '../../src/cli/listen.js';
import { referenceHost } from '../../src/cli/reference-host.js';
import { referencePolicy } from '../../src/cli/reference-policy.js';
import {
  createProvisioningServer,
  type ProvisioningServer,
  type ServerOptions,
  toNodeListener,
} from '../../src/server/index.js';

export const account = { user: 'lab', password: 'sesame, open' } as const;

/** A real server on a free port for the length of a test, which knows one account. */
export async function startPeer(
  options: Partial<ServerOptions> = {},
): Promise<{ readonly url: string; readonly server: ProvisioningServer }> {
  const server = createProvisioningServer({
    authenticate: ({ basic }) =>
      basic?.user === account.user && basic.password === account.password ? account.user : null,
    policyFor: () => referencePolicy,
    commands: referenceHost,
    ...options,
  });
  const { url, close } = await listen(toNodeListener(server), { host: '127.0.0.1', port: 0 });
  onTestFinished(() => close(0));
  return { url, server };
}
