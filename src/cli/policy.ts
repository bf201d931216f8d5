import { diffPolicies, lintPolicy, policyRevision, projectPolicy } from '../policy/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import { lookOf } from './look.js';
import { PolicyFileError, policyIn } from './policy-file.js';
import { diffLines, findingLines, projectionLines } from './policy-view.js';
import type { Terminal } from './terminal.js';
import { jsonText } from './text.js';

export interface JsonOption {
  readonly json?: true;
}

export interface LintFileOptions extends JsonOption {
  readonly protocolVersion?: readonly ProtocolVersion[];
}

export interface ShowOptions extends JsonOption {
  readonly protocolVersion: ProtocolVersion;
}

/** What is questionable about a policy; exit code 1 for an error, and for a file that holds no policy. */
export async function lintPolicyFile(file: string, options: LintFileOptions, terminal: Terminal): Promise<ExitCode> {
  const policy = await policyToJudge(file, terminal);
  if (!policy) return exitCodes.Refused;
  const { protocolVersion: versions } = options;
  const findings = lintPolicy(policy, versions ? { versions } : {});
  if (options.json) terminal.out(jsonText({ revision: await policyRevision(policy), findings }));
  else print(findingLines(findings, policy, lookOf(terminal)), terminal);
  return findings.some(({ severity }) => severity === 'error') ? exitCodes.Refused : exitCodes.Done;
}

/** What differs between two policies; exit codes as of `diff`: 0 for nothing, 1 for something, 2 for trouble. */
export async function diffPolicyFiles(
  before: string,
  after: string,
  { json }: JsonOption,
  terminal: Terminal,
): Promise<ExitCode> {
  const [old, now] = [await policyIn(before, terminal), await policyIn(after, terminal)];
  const changes = diffPolicies(old, now);
  const revisions = { before: await policyRevision(old), after: await policyRevision(now) };
  if (json) terminal.out(jsonText({ revisions, changes }));
  else print(diffLines(changes, lookOf(terminal)), terminal);
  return changes.length > 0 ? exitCodes.Refused : exitCodes.Done;
}

/** What a version carries of a policy, and what is lost; exit code 1 for a file that holds no policy. */
export async function showPolicyFile(file: string, options: ShowOptions, terminal: Terminal): Promise<ExitCode> {
  const policy = await policyToJudge(file, terminal);
  if (!policy) return exitCodes.Refused;
  const revision = await policyRevision(policy);
  const { protocolVersion } = options;
  const projection = projectPolicy(policy, protocolVersion);
  if (options.json) terminal.out(jsonText({ revision, protocolVersion, ...projection }));
  else print([`revision ${revision}`, '', ...projectionLines(projection, protocolVersion, lookOf(terminal))], terminal);
  return exitCodes.Done;
}

/** The policy in a file, or what is wrong with it, told on standard error. */
async function policyToJudge(file: string, terminal: Terminal): Promise<EASProvisionDoc | null> {
  try {
    return await policyIn(file, terminal);
  } catch (error) {
    if (!(error instanceof PolicyFileError)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return null;
  }
}

function print(lines: readonly string[], terminal: Terminal): void {
  terminal.out(`${lines.join('\n')}\n`);
}
