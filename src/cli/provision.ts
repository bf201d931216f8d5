import { start } from '../../machines/index.js';
import {
  createProvisioningClient,
  type Observation,
  type ProvisioningClient,
  type ProvisioningClientOptions,
  type ProvisionOutcome,
} from '../client/index.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { deviceIdFor } from './device.js';
import { type ExitCode, UsageError } from './exit-code.js';
import { firstCommand } from './folder-sync.js';
import type { KeyedState } from './keys.js';
import { type Look, lookOf } from './look.js';
import { exitCodeOf } from './outcome-view.js';
import { report, summary } from './provision-report.js';
import { stepLines } from './step-view.js';
import type { Terminal } from './terminal.js';

export interface ProvisionOptions {
  readonly user: string;
  readonly password?: string;
  readonly protocolVersion?: ProtocolVersion;
  readonly deviceId?: string;
  readonly deviceType: string;
  readonly provisionFirst?: true;
  readonly acceptWipe?: true;
  readonly json?: true;
  readonly record?: string;
}

type Observer = (step: Observation) => void;

/** Provisions against a server, showing each step as it happens. */
export async function provision(url: string, options: ProvisionOptions, terminal: Terminal): Promise<ExitCode> {
  const look = lookOf(terminal);
  const steps: Observation[] = [];
  const observers: Observer[] = [(step) => void steps.push(step)];
  if (!options.json) observers.push(showing(terminal, look));
  if (options.record !== undefined) observers.push(await recording(options.record, terminal));
  const deviceId = options.deviceId ?? deviceIdFor(options.user);
  const client = clientFor(url, { ...options, deviceId }, terminal, (step) => {
    for (const observe of observers) observe(step);
  });
  if (!options.json) terminal.out(`Device ${deviceId} of ${options.user} at ${url}\n\n`);
  const outcome = await provisioned(client, options.provisionFirst === true);
  if (options.json) terminal.out(`${JSON.stringify(await report(client, outcome, steps), null, 2)}\n`);
  else for (const line of await summary(client, outcome, look)) terminal.out(`${line}\n`);
  return exitCodeOf[outcome.kind];
}

/**
 * A command goes first, so that the refusal, the exchange and the repeated command are all seen. A server that minds
 * nothing is asked for its policy all the same.
 */
async function provisioned(client: ProvisioningClient, isFirst: boolean): Promise<ProvisionOutcome> {
  if (isFirst) return client.provision();
  const ran = await client.run(firstCommand);
  if (ran.kind !== 'Answered') return ran;
  if ((await client.state()).name !== 'Provisioned') return client.provision();
  const [policy, { policyKey }] = [client.policy(), ran];
  return policy === null || policyKey === NO_POLICY_KEY
    ? { kind: 'ProvisionedWithoutPolicy' }
    : { kind: 'Provisioned', policyKey, policy };
}

function clientFor(
  url: string,
  {
    user,
    protocolVersion,
    deviceId,
    deviceType,
    acceptWipe,
    ...options
  }: ProvisionOptions & { readonly deviceId: string },
  { env }: Terminal,
  observe: Observer,
): ProvisioningClient {
  const password = options.password ?? env.EAS_PASSWORD;
  if (!password) throw new UsageError('a password is needed: --password, or the environment variable EAS_PASSWORD');
  return created({
    url,
    user,
    password,
    device: { id: deviceId, type: deviceType, information: { OS: process.platform } },
    ...(protocolVersion && { protocolVersion }),
    applyPolicy: () => 1,
    confirmWipe: () => acceptWipe === true,
    wipe: () => {},
    limits: { attempts: 2 },
    observe,
  });
}

function created(options: ProvisioningClientOptions): ProvisioningClient {
  try {
    return createProvisioningClient(options);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

function showing(terminal: Terminal, look: Look): Observer {
  let before: KeyedState = start('client');
  return (step) => {
    terminal.out(`${stepLines(step, before, look).join('\n')}\n`);
    before = step.state;
  };
}

async function recording(path: string, terminal: Terminal): Promise<Observer> {
  const { openRecorder } = await import('./recorder.js');
  const record = openRecorder(path, 'provision', (text) => terminal.err(text));
  return ({ command, url, httpStatus, request, response, requestHeaders, responseHeaders }) => {
    if (httpStatus === null) return;
    const method = command === 'OPTIONS' ? 'OPTIONS' : 'POST';
    record(
      { method, url, headers: requestHeaders, body: request },
      { status: httpStatus, headers: responseHeaders, body: response },
    );
  };
}
