import { readFileSync } from 'node:fs';
import { type EASProvisionDoc, validatePolicy } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { createProvisioningServer, type ProvisioningServer, toNodeListener } from '../server/index.js';
import { accountChecker, accountsOf } from './accounts.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { failure } from './files.js';
import { listen } from './listen.js';
import { lookOf } from './look.js';
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
}

/** The reference server: its URL on the first line, a line for each exchange, until the process is asked to stop. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const { user, versions, record, host, port } = options;
  const policy = options.policy === undefined ? referencePolicy : policyIn(options.policy);
  const look = lookOf(terminal);
  const isKnown = accountChecker(accountsOf(user));
  const server = createProvisioningServer({
    authenticate: ({ basic }) => isKnown(basic),
    policyFor: () => policy,
    commands: referenceHost,
    ...(versions && { versions }),
    observe: (exchange) => terminal.out(`${serverLine(exchange, look)}\n`),
  });
  const recorded = record === undefined ? server : await withRecorder(server, record, terminal);
  const listening = await listen(toNodeListener(recorded), { host, port }).catch(unavailable(host, port, terminal));
  if (!listening) return exitCodes.Unreachable;
  // Before the URL: whoever reads it may ask to stop at once.
  const stopped = terminal.stopped();
  terminal.out(`${listening.url}\n`);
  await stopped;
  await listening.close();
  return exitCodes.Done;
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

function policyIn(path: string): EASProvisionDoc {
  const policy = validatePolicy(jsonIn(path));
  if (policy.ok) return policy.value;
  const { code, message, path: element } = policy.error;
  throw new UsageError(`${path}: ${element}: ${message} (${code})`);
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(
      error instanceof SyntaxError ? `${path}: not JSON: ${error.message}` : failure('read', path, error),
    );
  }
}
