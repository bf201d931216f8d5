import { expect, test } from 'vitest';
import { diffPolicies, policyRevision } from '../../src/policy/index.js';
import { validatePolicy } from '../../src/protocol/policy.js';
import { policyOf } from '../../src/simulation/index.js';

test('four policies that may be handed out come in turn, none like another', async () => {
  const policies = [1, 2, 3, 4].map(policyOf);
  for (const policy of policies) expect(validatePolicy(policy)).toMatchObject({ ok: true });
  const revisions = await Promise.all(policies.map(policyRevision));
  expect(new Set(revisions).size).toBe(4);
  expect(policyOf(5)).toBe(policyOf(1));
  expect(policyOf(8)).toBe(policyOf(4));
  for (const [at, policy] of policies.entries()) {
    expect(diffPolicies(policy, policies[(at + 1) % 4] ?? policy).length).toBeGreaterThan(1);
  }
});
