import { isLoopback } from '../admin/loopback.js';
import { endpointOf } from '../client/endpoint.js';
import { basicCredentials } from '../http/index.js';
import type { ProbeOptions, ProbeTransport } from '../probe/ports.js';
import { probe } from '../probe/probe.js';
import type { ProbeFailure, ProbeReport } from '../probe/report.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { accountsOf } from './accounts.js';
import { adminTokenOf } from './admin-token.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { lookOf } from './look.js';
import { probeTransport } from './probe-transport.js';
import { beginning, jsonReport, resultLines, summaryLines } from './probe-view.js';
import type { Terminal } from './terminal.js';
import { jsonText, printable } from './text.js';

export interface ProbeCommandOptions {
  readonly user: string;
  readonly password?: string;
  /** `NAME:PASSWORD`. */
  readonly secondUser?: string;
  readonly protocolVersion?: ProtocolVersion;
  readonly admin?: string;
  readonly adminToken?: string;
  readonly allowWipeConfirmation?: true;
  readonly yes?: true;
  readonly verbose?: true;
  readonly json?: true;
}

/** Attacks a server and tells what it keeps; nothing is sent anywhere but to the loopback unless that was agreed to. */
export async function probeServer(
  url: string,
  options: ProbeCommandOptions,
  terminal: Terminal,
  transport: ProbeTransport = probeTransport,
): Promise<ExitCode> {
  const probed = optionsOf(url, options, terminal);
  if (!(await isAgreedTo(probed, options, terminal))) {
    terminal.err('nothing is sent\n');
    return exitCodes.Refused;
  }
  const look = lookOf(terminal);
  const say = (lines: readonly string[]) => {
    if (!options.json) for (const line of lines) terminal.out(`${line}\n`);
  };
  const report = await probe({
    ...probed,
    transport,
    clock: Date.now,
    random: Math.random,
    onBegin: (begun) => say(beginning(probed, begun)),
    onResult: (result) => say(resultLines(result, options.verbose === true, look)),
  });
  if (!report.ok) {
    terminal.err(`error: ${printable(failureText(probed.endpoint, report.error))}\n`);
    return report.error.kind === 'Unreachable' ? exitCodes.Unreachable : exitCodes.Refused;
  }
  if (options.json) terminal.out(jsonText(jsonReport(report.value, options.verbose === true)));
  else say(summaryLines(report.value, look));
  return isSound(report.value) ? exitCodes.Done : exitCodes.Refused;
}

/** Something holds, and nothing is broken. */
function isSound({ results }: ProbeReport): boolean {
  return results.some(({ verdict }) => verdict === 'Holds') && results.every(({ verdict }) => verdict !== 'Broken');
}

type Whom = Omit<ProbeOptions, 'transport' | 'clock' | 'random'>;

function optionsOf(url: string, options: ProbeCommandOptions, terminal: Terminal): Whom {
  const { user, secondUser, protocolVersion, admin } = options;
  const endpoint = endpointOf(url);
  if (endpoint === null) throw new UsageError('URL: expected http or https, without credentials, query or fragment');
  const password = options.password ?? terminal.env.EAS_PASSWORD;
  if (!password) throw new UsageError('a password is needed: --password, or the environment variable EAS_PASSWORD');
  if (options.adminToken !== undefined && admin === undefined) {
    throw new UsageError('--admin-token: expected with --admin');
  }
  if (!basicCredentials.encode({ user, password }).ok) throw new UsageError('--user: expected a name without a colon');
  const [secondAccount] = secondUser === undefined ? [] : secondAccountOf(secondUser);
  if (secondAccount?.user === user) throw new UsageError('--second-user: expected another account');
  const administration =
    admin === undefined ? null : { url: adminUrl(admin), token: adminTokenOf(options.adminToken, terminal) };
  return {
    endpoint,
    account: { user, password },
    ...(secondAccount && { secondAccount }),
    ...(protocolVersion && { protocolVersion }),
    ...(administration && { administration }),
    allowWipeConfirmation: options.allowWipeConfirmation === true,
  };
}

function secondAccountOf(text: string) {
  try {
    return accountsOf([text]);
  } catch {
    throw new UsageError('--second-user: expected NAME:PASSWORD');
  }
}

function adminUrl(admin: string): string {
  const url = URL.canParse(admin) ? new URL(admin) : null;
  const isFine = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isFine) throw new UsageError('--admin: expected an http or https URL, without credentials, query or fragment');
  return url.href;
}

/** @throws UsageError where nobody is there to be asked. */
async function isAgreedTo(
  { endpoint, account, administration }: Whom,
  { yes }: ProbeCommandOptions,
  terminal: Terminal,
) {
  const hosts = [endpoint, ...(administration ? [administration.url] : [])].map((url) => new URL(url).host);
  const foreign = hosts.filter((host) => !isLoopback(host));
  if (yes || foreign.length === 0) return true;
  const where = printable(foreign.join(' and '));
  if (!terminal.isInteractive) throw new UsageError(`${where} is not the loopback: add --yes if it is yours to attack`);
  const asked = `Attack ${where} as ${printable(account.user)}? It has to be yours. Type yes to go on: `;
  return (await terminal.ask(asked)).trim().toLowerCase() === 'yes';
}

function failureText(endpoint: string, failure: ProbeFailure): string {
  const { origin } = new URL(endpoint);
  switch (failure.kind) {
    case 'Unreachable':
      return `can not reach ${origin}: ${failure.cause}`;
    case 'Refused':
      return `${origin} answers OPTIONS with HTTP ${failure.httpStatus}`;
    case 'NoVersion':
      return `${origin} offers none of the versions to probe in: ${failure.offered.join(', ') || 'none at all'}`;
  }
}
