import {
  createProvisioningClient,
  type Observation,
  type ProvisioningClient,
  type ProvisioningClientOptions,
  type ProvisionOutcome,
  type QueryForm,
} from '../client/index.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';
import type { Problem } from '../protocol/problem.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { deviceIdFor } from './device.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { firstCommand } from './folder-sync.js';
import type { KeyedState } from './keys.js';
import { type Look, lookOf } from './look.js';
import { exitCodeOf } from './outcome-view.js';
import { report, summary, warningText } from './provision-report.js';
import { fileStore } from './provision-state.js';
import { stepLines } from './step-view.js';
import type { Terminal } from './terminal.js';
import { problemText } from './text.js';

export interface ProvisionOptions {
  readonly user: string;
  readonly password?: string;
  readonly protocolVersion?: ProtocolVersion;
  readonly deviceId?: string;
  readonly deviceType: string;
  readonly provisionFirst?: true;
  readonly state?: string;
  readonly query?: QueryForm;
  readonly retry: number;
  readonly acceptWipe?: true;
  readonly json?: true;
  readonly record?: string;
  readonly inspect?: true;
  readonly reveal?: true;
}

type Observer = (step: Observation) => void;

/** Provisions against a server, showing each step as it happens. */
export async function provision(url: string, options: ProvisionOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.reveal && !options.inspect) throw new UsageError('--reveal: expected with --inspect');
  const look = lookOf(terminal);
  const steps: Observation[] = [];
  const observers: Observer[] = [(step) => void steps.push(step)];
  const deviceId = options.deviceId ?? deviceIdFor(options.user);
  const title = `Device ${deviceId} of ${options.user} at ${url}`;
  const watched = options.inspect ? await watchedBy(`${options.user}/${deviceId}`, title, options, terminal) : null;
  if (watched) observers.push(watched.observe);
  const unreadable: Problem[] = [];
  const client = clientFor(url, { ...options, deviceId }, terminal, {
    ...(watched && { inspect: watched.inspect, transport: watched.transport }),
    observe(step) {
      for (const observe of observers) observe(step);
    },
    warn(warning) {
      if (warning.kind === 'StateUnreadable') unreadable.push(warning.problem);
      else terminal.err(`${warningText(warning)}\n`);
    },
  });
  const before = await recalled(client, options.state);
  for (const problem of unreadable) throw notOurs(options.state, problem);
  if (!options.json) observers.push(showing(terminal, look, before));
  if (options.record !== undefined) observers.push(await recording(options.record, terminal));
  const page = watched && (await watched.serve(0));
  if (watched && !page) return exitCodes.Unreachable;
  try {
    if (page) terminal[options.json ? 'err' : 'out'](page.line);
    if (!options.json) terminal.out(`${title}\n\n`);
    const outcome = await provisioned(client, options.provisionFirst === true);
    if (options.json) terminal.out(`${JSON.stringify(await report(client, outcome, steps), null, 2)}\n`);
    else for (const line of await summary(client, outcome, steps, look)) terminal.out(`${line}\n`);
    watched?.end();
    await page?.linger();
    return exitCodeOf[outcome.kind];
  } finally {
    await page?.close();
  }
}

/** What an earlier run left, before anything is sent. */
async function recalled(client: ProvisioningClient, path: string | undefined): Promise<KeyedState> {
  try {
    return await client.state();
  } catch (error) {
    if (path === undefined || error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file that something else may have written is not ours to write to. */
function notOurs(path: string | undefined, problem: Problem): UsageError {
  return new UsageError(`${path}: no stored state, and left as it is: ${problemText(problem)}`);
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
  if (ran.policyKey === NO_POLICY_KEY) return { kind: 'ProvisionedWithoutPolicy' };
  const policy = await client.policy();
  return policy === null ? client.provision() : { kind: 'Provisioned', policyKey: ran.policyKey, policy };
}

function clientFor(
  url: string,
  {
    user,
    protocolVersion,
    deviceId,
    deviceType,
    acceptWipe,
    state,
    query,
    retry,
    ...options
  }: ProvisionOptions & { readonly deviceId: string },
  { env }: Terminal,
  told: Pick<ProvisioningClientOptions, 'observe' | 'warn' | 'inspect' | 'transport'>,
): ProvisioningClient {
  const password = options.password ?? env.EAS_PASSWORD;
  if (!password) throw new UsageError('a password is needed: --password, or the environment variable EAS_PASSWORD');
  return created({
    url,
    user,
    password,
    device: { id: deviceId, type: deviceType, information: { OS: process.platform } },
    ...(protocolVersion && { protocolVersion }),
    ...(query && { queryForm: query }),
    ...(state !== undefined && { store: fileStore(state) }),
    applyPolicy: () => 1,
    confirmWipe: () => acceptWipe === true,
    wipe: () => {},
    limits: { attempts: retry },
    ...told,
  });
}

function created(options: ProvisioningClientOptions): ProvisioningClient {
  try {
    return createProvisioningClient(options);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

function showing(terminal: Terminal, look: Look, from: KeyedState): Observer {
  let before = from;
  return (step) => {
    terminal.out(`${stepLines(step, before, look).join('\n')}\n`);
    before = step.state;
  };
}

async function watchedBy(session: string, title: string, { reveal }: ProvisionOptions, terminal: Terminal) {
  const [{ createWatch }, { watchClient }] = await Promise.all([import('./watch.js'), import('./watch-client.js')]);
  const { teller, serve } = createWatch(title, reveal === true, terminal);
  return { ...watchClient(teller, session), serve };
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
