/** One try of one attack in one version. */
import type { ProtocolVersion } from '../protocol/version.js';
import { administrationOver } from './administration.js';
import type { Attack, Need } from './attack.js';
import { type Bench, openBench } from './bench.js';
import { type ProbeOptions, Untried } from './ports.js';
import { type Finding, holds, type ProbeExchange, type Trial } from './report.js';

/** What the tries of a run share. */
export interface Run {
  readonly options: ProbeOptions;
  readonly versions: readonly ProtocolVersion[];
  readonly leftBehind: string[];
  newDeviceId(): string;
}

/** Tries it, and puts back what it changed; what it lacks is its reason not to be tried. */
export async function tryIn(version: ProtocolVersion, attack: Attack, run: Run): Promise<Trial> {
  const { options, versions, newDeviceId, leftBehind } = run;
  const missing = attack.needs?.find((need) => !isThere[need](options));
  if (missing) return { protocolVersion: version, verdict: 'NotTried', reason: absences[missing], exchanges: [] };
  const exchanges: ProbeExchange[] = [];
  const { endpoint, transport, account, administration } = options;
  const secondAccount = (attack.needs?.includes('SecondAccount') && options.secondAccount) || null;
  const { bench, clear } = openBench({
    site: { endpoint, transport, account, secondAccount, exchanges },
    version,
    versions,
    administration: administration ? administrationOver(transport, administration) : null,
    newDeviceId,
  });
  try {
    return { protocolVersion: version, ...(await findingOf(attack, bench)), exchanges };
  } finally {
    leftBehind.push(...(await clear()));
  }
}

/** Whether there is anything to attack: a policy that is offered. Where nothing is asked, everything passes. */
export const isWorthTrying: Attack = {
  attack: 'A stranger downloads the policy.',
  async attempt(bench) {
    await bench.device().download();
    return holds;
  },
};

/** Why an attack is not tried, by what it lacks. */
export const absences: Readonly<Record<Need, string>> = {
  Administration: 'it needs the administration of the server (--admin)',
  SecondAccount: 'it needs a second account (--second-user)',
  WipeConfirmation: 'it says that a wipe was carried out, which was not allowed (--allow-wipe-confirmation)',
};

const isThere: Readonly<Record<Need, (options: ProbeOptions) => boolean>> = {
  Administration: ({ administration }) => administration !== undefined,
  SecondAccount: ({ secondAccount }) => secondAccount !== undefined,
  WipeConfirmation: ({ allowWipeConfirmation }) => allowWipeConfirmation === true,
};

async function findingOf(attack: Attack, bench: Bench): Promise<Finding> {
  try {
    return await attack.attempt(bench);
  } catch (error) {
    if (error instanceof Untried) return { verdict: 'NotTried', reason: error.message };
    throw error;
  }
}
