import { expect, test } from 'vitest';
import { cleanMemory, type ProvisioningContext, remember } from '../../machines/provisioning.context.js';

const memory = { role: 'client', limits: { attempts: 3, cycles: 3 }, ...cleanMemory } as const;

test.each<Partial<Omit<ProvisioningContext, 'role' | 'limits'>>>([
  { policyKey: '7' },
  { pending: { kind: 'Wipe', scope: 'device', status: null } },
  { revision: 'r1' },
  { settledKey: '7' },
  { reason: 'PolicyRefresh' },
  { attempts: 1 },
  { cycles: 1 },
  { failure: { kind: 'OfferExpired' } },
])('one thing remembered leaves the others as they were: %j', (patch) => {
  expect(remember(memory, patch)).toEqual({ ...memory, ...patch });
});

test('what changes nothing gives back the same memory', () => {
  expect(remember(memory, {})).toBe(memory);
  expect(remember(memory, cleanMemory)).toBe(memory);
});
