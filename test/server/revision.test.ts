import { expect, test, vi } from 'vitest';
import { policyRevision } from '../../src/policy/revision.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { knownRevision } from '../../src/server/revision.js';

test('a revision is computed once, and at hand from then on', async () => {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  const policy: EASProvisionDoc = { DevicePasswordEnabled: true };
  const first = knownRevision(policy);
  expect(first).toBeInstanceOf(Promise);
  const revision = await first;
  expect(knownRevision(policy)).toBe(revision);
  expect(await policyRevision(policy)).toBe(revision);
  expect(digest).toHaveBeenCalledTimes(1);
  digest.mockRestore();
});
