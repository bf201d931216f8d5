import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit, needsProvisioning, type PolicyRequirement } from '../../machines/provisioning.admission.js';
import { rankOf } from '../../machines/provisioning.guards.js';
import { start, step } from '../../machines/provisioning.step.js';
import { anyKey } from '../support/arbitraries/facts.js';
import { reachable } from '../support/reachable.js';

const servers = fc.constantFrom(...reachable('server'));
const requirement = fc.constantFrom<PolicyRequirement>('Strict', 'Lenient', 'None', 'AsAgreed');
const presented = fc.option(anyKey);

test('on a strict server a command passes under the agreed key, and under nothing else (I2, I11)', () => {
  fc.assert(
    fc.property(servers, presented, (state, key) => {
      const agreed = state.name === 'Provisioned' && key !== null && key !== '0' && key === state.context.policyKey;
      expect(admit(state, key, 'Strict') === 'Admitted').toBe(agreed);
    }),
    { numRuns: 2000 },
  );
});

test('a wipe is announced to every command, whatever key it carries and whatever is required (I5)', () => {
  fc.assert(
    fc.property(servers, presented, requirement, (state, key, required) => {
      fc.pre(rankOf(state.context.reason) > 0);
      expect(admit(state, key, required)).toBe(state.context.reason);
    }),
  );
});

test('a server without a policy for the device asks for nothing (I8)', () => {
  fc.assert(
    fc.property(servers, presented, (state, key) => {
      fc.pre(rankOf(state.context.reason) === 0);
      expect(admit(state, key, 'None')).toBe('Admitted');
    }),
  );
});

test('while nobody knows the policy, what was agreed holds: that there is none, too, and nothing else (I8, I15)', () => {
  fc.assert(
    fc.property(servers, presented, (state, key) => {
      const isWithoutPolicy = state.name === 'Provisioned' && state.context.policyKey === '0';
      const excused = isWithoutPolicy && rankOf(state.context.reason) === 0;
      expect(admit(state, key, 'AsAgreed')).toBe(excused ? 'Admitted' : admit(state, key, 'Strict'));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['no key at all, strict', null, 'Strict', 'LegacyDeviceOnStrictPolicy'],
  ['no key at all, lenient', null, 'Lenient', 'Admitted'],
  ['key 0, strict', '0', 'Strict', 'DeviceNotProvisioned'],
  ['key 0, lenient', '0', 'Lenient', 'DeviceNotProvisioned'],
  ['a stale key, strict', '22', 'Strict', 'InvalidPolicyKey'],
  ['a stale key, lenient', '22', 'Lenient', 'InvalidPolicyKey'],
  ['the current key', '33', 'Strict', 'Admitted'],
] as const)('the table of MS-ASCMD 2.2.2: %s', (_case, key, required, verdict) => {
  expect(admit(provisioned(), key, required)).toBe(verdict);
});

test('a refresh that is due is named for every key but none and 0', () => {
  const [due] = step(provisioned(), { type: 'ReprovisionRequired', policyKey: '33', reason: 'PolicyRefresh' });
  expect(['33', '22', '0', null].map((key) => admit(due, key, 'Strict'))).toEqual([
    'PolicyRefresh',
    'PolicyRefresh',
    'DeviceNotProvisioned',
    'LegacyDeviceOnStrictPolicy',
  ]);
});

test('a device provisions first once an agreement fell or an exchange was left unfinished', () => {
  const names = reachable('client')
    .filter(needsProvisioning)
    .map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(['AwaitingPolicy', 'Acknowledging', 'NeedsReprovision']));
});

function provisioned() {
  const facts = [
    { type: 'PolicyRequested' },
    { type: 'PolicyOffered', policyKey: '11', policy: {}, revision: 'r1' },
    { type: 'PolicyAcknowledged', policyKey: '11', status: 1 },
    { type: 'PermanentKeyIssued', policyKey: '33' },
  ] as const;
  return facts.reduce((state, fact) => step(state, fact)[0], start('server'));
}
