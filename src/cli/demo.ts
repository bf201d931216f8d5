import { start } from '../../machines/index.js';
import { createProvisioningClient, type Observation, type ProvisioningClient } from '../client/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { createProvisioningServer, toNodeListener } from '../server/index.js';
import { accountChecker } from './accounts.js';
import { type DemoStep, demoHeading, demoStep, demoVerdict } from './demo-view.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { firstCommand } from './folder-sync.js';
import type { KeyedState } from './keys.js';
import { listen } from './listen.js';
import { lookOf } from './look.js';
import { referenceHost } from './reference-host.js';
import { referencePolicy } from './reference-policy.js';
import type { Terminal } from './terminal.js';

/**
 * Client and server in one process, over a real loopback socket: the eight steps of MS-OXPROTO 2.5.14.5, with the state
 * of both machines after each.
 */
export async function demo(
  options: { readonly protocolVersion: ProtocolVersion },
  terminal: Terminal,
): Promise<ExitCode> {
  const look = lookOf(terminal);
  const account = { user: 'alice', password: crypto.randomUUID() };
  const isKnown = accountChecker([account]);
  let server: KeyedState = start('server');
  const provisioningServer = createProvisioningServer({
    authenticate: ({ basic }) => isKnown(basic),
    policyFor: () => referencePolicy,
    commands: referenceHost,
    observe: ({ state }) => {
      server = state ?? server;
    },
  });
  const { url, close } = await listen(toNodeListener(provisioningServer), { host: '127.0.0.1', port: 0 });

  const steps: DemoStep[] = [];
  let before: KeyedState = start('client');
  const client: ProvisioningClient = createProvisioningClient({
    url,
    ...account,
    device: { id: 'demo1', type: 'Demo' },
    protocolVersion: options.protocolVersion,
    applyPolicy: () => 1,
    transport: async (target, request) => {
      before = await client.state();
      const command = new URL(target).searchParams.get('Cmd') ?? request.method;
      steps.push({ kind: 'request', command, client: before, server, body: request.body ?? new Uint8Array() });
      return fetch(target, request);
    },
    observe: (exchange: Observation) => {
      steps.push({ kind: 'response', before, client: exchange.state, server, exchange });
    },
  });
  const outcome = await client.run(firstCommand);
  await close(0);

  terminal.out(demoHeading(options.protocolVersion, url, look));
  for (const [index, step] of steps.entries()) terminal.out(await demoStep(index + 1, step, look));
  const verdict = demoVerdict(await client.state(), server, look);
  terminal.out(verdict.text);
  return outcome.kind === 'Answered' && verdict.isAgreed ? exitCodes.Done : exitCodes.Refused;
}
