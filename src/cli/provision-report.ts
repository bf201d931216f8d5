import type { Observation, ProvisioningClient, ProvisionOutcome } from '../client/index.js';
import type { PolicyData } from '../protocol/provision.js';
import type { Look } from './look.js';
import { outcomeFields, outcomeLines } from './outcome-view.js';
import { policyTable } from './policy-table.js';
import { indented } from './text.js';

/** How it ended, for people: the outcome, the state and the key, and what the policy asks for. */
export async function summary(
  client: ProvisioningClient,
  outcome: ProvisionOutcome,
  look: Look,
): Promise<readonly string[]> {
  const { name, context } = await client.state();
  const facts = [`state ${name}`, `key ${context.policyKey}`, `protocol ${client.protocolVersion() ?? 'not agreed'}`];
  const policy = policyOf(outcome);
  return [
    '',
    ...outcomeLines(outcome, look),
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

function policyOf(outcome: ProvisionOutcome): PolicyData | null {
  return outcome.kind === 'Provisioned' ? outcome.policy : null;
}
