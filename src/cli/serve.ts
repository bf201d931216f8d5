import type { EASProvisionDoc } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import {
  type AcknowledgmentRules,
  createProvisioningServer,
  type ProvisioningServer,
  type ServerOptions,
  toNodeListener,
} from '../server/index.js';
import { accountChecker, accountsOf } from './accounts.js';
import { adminTokenOf } from './admin-token.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { type Listening, listen } from './listen.js';
import { lookOf } from './look.js';
import { policyOrNoneIn } from './policy-file.js';
import { referenceHost } from './reference-host.js';
import { referencePolicy } from './reference-policy.js';
import { serverLine } from './server-line.js';
import type { Terminal } from './terminal.js';
import { unavailable } from './unavailable.js';

export interface ServeOptions {
  /** Each `NAME:PASSWORD`. */
  readonly user: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly policy?: string;
  readonly versions?: readonly ProtocolVersion[];
  readonly record?: string;
  /** Milliseconds. */
  readonly refreshInterval?: number;
  /** Milliseconds. */
  readonly spread?: number;
  readonly lenient?: true;
  readonly accept?: Partial<AcknowledgmentRules>;
  /** False for `--no-device-information`. */
  readonly deviceInformation: boolean;
  readonly explain?: true;
  readonly adminPort?: number;
  readonly adminToken?: string;
  readonly inspectPort?: number;
  readonly reveal?: true;
}

/** The reference server: its URL on the first line, a line for each exchange, until the process is asked to stop. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const { user, record, host, port, adminPort, inspectPort } = options;
  if (options.adminToken !== undefined && adminPort === undefined) {
    throw new UsageError('--admin-token: expected with --admin-port');
  }
  if (options.reveal && inspectPort === undefined) throw new UsageError('--reveal: expected with --inspect-port');
  const token = adminPort === undefined ? null : adminTokenOf(options.adminToken, terminal);
  const served: { policy: EASProvisionDoc | null } = {
    policy: options.policy === undefined ? referencePolicy : await policyOrNoneIn(options.policy, terminal),
  };
  const look = lookOf(terminal);
  const isKnown = accountChecker(accountsOf(user));
  const watched = inspectPort === undefined ? null : await watchedBy(options, terminal);
  const server = createProvisioningServer({
    authenticate: ({ basic }) => isKnown(basic),
    policyFor: () => served.policy,
    commands: referenceHost,
    ...rulesIn(options),
    ...(watched && { inspect: watched.inspect }),
    observe(exchange) {
      watched?.observe(exchange);
      terminal.out(`${serverLine(exchange, look)}\n`);
    },
  });
  const recorded = record === undefined ? server : await withRecorder(server, record, terminal);
  const open: Pick<Listening, 'close'>[] = [];
  const close = () => Promise.all(open.map((listening) => listening.close()));
  const unreachable = async () => {
    await close();
    return exitCodes.Unreachable;
  };
  const listenOn = async (...[listener, at]: Parameters<typeof listen>) => {
    const listening = await listen(listener, at).catch(unavailable(at.host, at.port, terminal));
    if (listening) open.push(listening);
    return listening?.url ?? null;
  };

  let more = '';
  if (adminPort !== undefined && token !== null) {
    const { administrationOf } = await import('./serve-administration.js');
    const url = await listenOn(administrationOf(server.devices, served, token), { host: '127.0.0.1', port: adminPort });
    if (url === null) return unreachable();
    more = `administration: ${new URL(url).origin}\n`;
  }
  if (watched && inspectPort !== undefined) {
    const page = await watched.serve(inspectPort);
    if (page === null) return unreachable();
    open.push(page);
    more += page.line;
  }
  const url = await listenOn(toNodeListener(watched ? watched.around(recorded) : recorded), { host, port });
  if (url === null) return unreachable();
  // Before the URL: whoever reads it may ask to stop at once.
  const stopped = terminal.stopped();
  terminal.out(`${url}\n${more}`);
  await stopped;
  await close();
  return exitCodes.Done;
}

/** How strict the server is, as far as options say. */
function rulesIn(options: ServeOptions): Partial<ServerOptions> {
  const { versions, refreshInterval, spread, lenient, accept, deviceInformation, explain, adminPort } = options;
  return {
    ...(versions && { versions }),
    ...(refreshInterval !== undefined && { refreshInterval }),
    ...(spread !== undefined && { spread }),
    ...(accept && { acknowledgments: accept }),
    allowNonProvisionable: lenient === true,
    requireDeviceInformation: deviceInformation,
    explainRefusals: explain === true,
    sightings: adminPort === undefined ? 0 : SIGHTINGS,
  };
}

/** Devices to remember for the administration. */
const SIGHTINGS = 10_000;

async function watchedBy({ reveal }: ServeOptions, terminal: Terminal) {
  const [{ createWatch }, { watchServer }] = await Promise.all([import('./watch.js'), import('./watch-server.js')]);
  const { teller, serve } = createWatch('The reference server', reveal === true, terminal);
  return { ...watchServer(teller), serve };
}

async function withRecorder(
  server: ProvisioningServer,
  path: string,
  terminal: Terminal,
): Promise<Pick<ProvisioningServer, 'handle' | 'refuse' | 'maxBody'>> {
  const { openRecorder } = await import('./recorder.js');
  const record = openRecorder(path, 'serve', (text) => terminal.err(text));
  return {
    maxBody: server.maxBody,
    refuse: server.refuse,
    async handle(request) {
      const response = await server.handle(request);
      record(request, response);
      return response;
    },
  };
}
