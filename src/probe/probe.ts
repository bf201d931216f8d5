import { basicCredentials, composeOptions, isSuccess, readOffer } from '../http/index.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isAtLeast, negotiateVersion, type ProtocolVersion } from '../protocol/version.js';
import type { Attack } from './attack.js';
import { attackRows, promiseOf } from './attacks.js';
import type { ProbeOptions } from './ports.js';
import { type AttackResult, type ProbeFailure, type ProbeReport, type Trial, verdictOf } from './report.js';
import { isWorthTrying, type Run, tryIn } from './trial.js';

/**
 * Tries every attack of the table against a server, one after the other, each in each version with devices of its own,
 * and says which promises hold. It does not say that a wipe was carried out unless it may, and puts back what it changed
 * through the administration. For your own servers only: it fails to log in ten times, and downloads policies.
 *
 * @returns the report, or why nothing was tried.
 */
export async function probe(options: ProbeOptions): Promise<Result<ProbeReport, ProbeFailure>> {
  const startedAt = options.clock();
  const offer = await offerOf(options);
  if (!offer.ok) return offer;
  const offered = offer.value;
  const versions = versionsToTry(offered, options.protocolVersion);
  if (versions.length === 0) return err({ kind: 'NoVersion', offered });
  const devicePrefix = prefixBy(options.random);
  options.onBegin?.({ offered, versions, devicePrefix });
  let devices = 0;
  const newDeviceId = () => {
    devices += 1;
    return devicePrefix + String(devices).padStart(4, '0');
  };
  const run: Run = { options, versions, newDeviceId, leftBehind: [] };
  const results = await resultsOf(run);
  const duration = options.clock() - startedAt;
  const { endpoint } = options;
  const { leftBehind } = run;
  return ok({ endpoint, startedAt, duration, offered, versions, devicePrefix, devices, results, leftBehind });
}

async function resultsOf(run: Run): Promise<readonly AttackResult[]> {
  const hopeless = new Map<ProtocolVersion, Trial>();
  for (const version of run.versions) {
    const trial = await tryIn(version, isWorthTrying, run);
    if (trial.verdict !== 'Holds') hopeless.set(version, trial);
  }
  const results: AttackResult[] = [];
  for (const [id, attack] of attackRows) {
    const evidence: Trial[] = [];
    for (const version of versionsOf(attack, run.versions)) {
      evidence.push(hopeless.get(version) ?? (await tryIn(version, attack, run)));
    }
    const result = { id, promise: promiseOf(id), attack: attack.attack, ...verdictOf(evidence), evidence };
    results.push(result);
    run.options.onResult?.(result);
  }
  return results;
}

async function offerOf(options: ProbeOptions): Promise<Result<readonly string[], ProbeFailure>> {
  const { endpoint, transport, account } = options;
  const authorization = basicCredentials.encode(account);
  const headers = authorization.ok ? { Authorization: authorization.value } : {};
  try {
    const { status, headers: answered } = await transport({ ...composeOptions(endpoint), headers });
    if (!isSuccess(status)) return err({ kind: 'Refused', httpStatus: status });
    return ok(readOffer(answered).versions);
  } catch (error) {
    return err({ kind: 'Unreachable', cause: error instanceof Error ? error.message : String(error) });
  }
}

/** Where something changes between versions, as far as the server has them, and its greatest. */
const USUAL: readonly ProtocolVersion[] = ['2.5', '12.1', '14.1', '16.1'];

function versionsToTry(offered: readonly string[], wanted?: ProtocolVersion): readonly ProtocolVersion[] {
  if (wanted !== undefined) return offered.length === 0 || offered.includes(wanted) ? [wanted] : [];
  const usual = USUAL.filter((version) => offered.includes(version));
  const greatest = negotiateVersion(offered.join(','));
  return greatest === null || usual.includes(greatest) ? usual : [...usual, greatest];
}

function versionsOf({ since, once }: Attack, versions: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  const fitting = since === undefined ? versions : versions.filter((version) => isAtLeast(version, since));
  return once ? fitting.slice(-1) : fitting;
}

/** Nobody else's: 48 bits of chance. */
function prefixBy(random: () => number): string {
  const digits = Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16));
  return `PROBE${digits.join('').toUpperCase()}`;
}
