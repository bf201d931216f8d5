import {
  type ClientWarning,
  isProvisioned,
  type Observation,
  type ProvisioningClient,
  type ProvisionOutcome,
  redirectObjections,
  warnings,
} from '../client/index.js';
import type { PolicyData } from '../protocol/provision.js';
import type { Look } from './look.js';
import { outcomeFields, outcomeLines } from './outcome-view.js';
import { policyTable } from './policy-table.js';
import { indented, printable } from './text.js';

/** How it ended, for people: the outcome, the state and the key, and what the policy asks for. */
export async function summary(
  client: ProvisioningClient,
  outcome: ProvisionOutcome,
  steps: readonly Observation[],
  look: Look,
): Promise<readonly string[]> {
  const { name, context } = await client.state();
  const facts = [`state ${name}`, `key ${context.policyKey}`, `protocol ${client.protocolVersion() ?? 'not agreed'}`];
  const policy = policyOf(outcome);
  return [
    '',
    ...outcomeLines(outcome, look),
    ...(isProvisioned(outcome) && !hasExchanged(steps)
      ? ['  No new provisioning was needed: the agreement holds.']
      : []),
    `  ${look.colors.dim(facts.join(', '))}`,
    ...(policy === null
      ? []
      : ['', '  The policy asks for:', indented((await policyTable(policy, look)).join('\n'), '    ')]),
  ];
}

/** How it ended, for programs: what `--json` prints. */
export async function report(client: ProvisioningClient, outcome: ProvisionOutcome, steps: readonly Observation[]) {
  const { name, context } = await client.state();
  return {
    state: name,
    outcome: outcomeFields(outcome),
    protocolVersion: client.protocolVersion(),
    policyKey: context.policyKey,
    policy: policyOf(outcome),
    exchanged: hasExchanged(steps),
    steps: steps.map(({ n, command, protocolVersion, policyKey, httpStatus, statuses, fault, problem, state }) => ({
      n,
      command,
      protocolVersion,
      policyKey,
      httpStatus,
      statuses,
      fault,
      problem,
      state: state.name,
      nextPolicyKey: state.context.policyKey,
    })),
  };
}

/** A warning in one line; what a server said is made harmless for a terminal. */
export function warningText(warning: ClientWarning): string {
  const { meaning, advice } = warnings[warning.kind];
  const more =
    warning.kind === 'RedirectNotFollowed' ? ` ${printable(warning.location)}: ${redirectObjections[warning.why]}` : '';
  return `warning: ${warning.kind}: ${meaning}${more} ${advice}`;
}

/** Whether this run provisioned, or went on with the agreement of an earlier one. */
function hasExchanged(steps: readonly Observation[]): boolean {
  return steps.some(({ command }) => command === 'Provision');
}

function policyOf(outcome: ProvisionOutcome): PolicyData | null {
  return outcome.kind === 'Provisioned' ? outcome.policy : null;
}
