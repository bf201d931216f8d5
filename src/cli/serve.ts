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
}

/** The reference server: its URL on the first line, a line for each exchange, until the process is asked to stop. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const { user, record, host, port, adminPort } = options;
  if (options.adminToken !== undefined && adminPort === undefined) {
    throw new UsageError('--admin-token: expected with --admin-port');
  }
  const token = adminPort === undefined ? null : adminTokenOf(options.adminToken, terminal);
  const served: { policy: EASProvisionDoc | null } = {
    policy: options.policy === undefined ? referencePolicy : await policyOrNoneIn(options.policy, terminal),
  };
  const look = lookOf(terminal);
  const isKnown = accountChecker(accountsOf(user));
  const server = createProvisioningServer({
    authenticate: ({ basic }) => isKnown(basic),
    policyFor: () => served.policy,
    commands: referenceHost,
    ...rulesIn(options),
    observe: (exchange) => terminal.out(`${serverLine(exchange, look)}\n`),
  });
  const recorded = record === undefined ? server : await withRecorder(server, record, terminal);
  const open: Listening[] = [];
  const close = () => Promise.all(open.map((listening) => listening.close()));
  const listenOn = async (...[listener, at]: Parameters<typeof listen>) => {
    const listening = await listen(listener, at).catch(unavailable(at.host, at.port, terminal));
    if (listening) open.push(listening);
    return listening?.url ?? null;
  };

  let second = '';
  if (adminPort !== undefined && token !== null) {
    const { administrationOf } = await import('./serve-administration.js');
    const url = await listenOn(administrationOf(server.devices, served, token), { host: '127.0.0.1', port: adminPort });
    if (url === null) return exitCodes.Unreachable;
    second = `administration: ${new URL(url).origin}\n`;
  }
  const url = await listenOn(toNodeListener(recorded), { host, port });
  if (url === null) {
    await close();
    return exitCodes.Unreachable;
  }
  // Before the URL: whoever reads it may ask to stop at once.
  const stopped = terminal.stopped();
  terminal.out(`${url}\n${second}`);
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

function unavailable(host: string, port: number, terminal: Terminal): (error: unknown) => null {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    terminal.err(`error: can not listen on ${host} port ${port}: ${listenFailures[code] ?? code}\n`);
    return null;
  };
}

const listenFailures: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'not permitted',
  EADDRNOTAVAIL: 'not an address of this host',
  ENOTFOUND: 'no such host',
};
