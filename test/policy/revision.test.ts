import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { policyDocument } from '../../src/codec/index.js';
import { computedRevision, policyRevision } from '../../src/policy/revision.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';

import { validPolicy } from '../support/arbitraries/policy.js';
import { unwrap } from '../support/device.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The same policy with its properties in another order. */
const shuffled = validPolicy.chain((policy) =>
  fc
    .shuffledSubarray(Object.entries(policy), { minLength: Object.keys(policy).length })
    .map((entries) => [policy, Object.fromEntries(entries) as EASProvisionDoc] as const),
);

describe('canonical', () => {
  test('the order of properties does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(shuffled, async ([policy, other]) => {
        expect(await policyRevision(other)).toBe(await policyRevision(policy));
      }),
    );
  });

  test('two policies have one revision exactly when they have one document', async () => {
    await fc.assert(
      fc.asyncProperty(validPolicy, validPolicy, async (one, other) => {
        const isSame =
          unwrap(policyDocument.encode(one)).toString() === unwrap(policyDocument.encode(other)).toString();
        expect((await policyRevision(one)) === (await policyRevision(other))).toBe(isSame);
      }),
    );
  });

  test('absent, empty and 0 are three policies', async () => {
    const policies: readonly EASProvisionDoc[] = [
      {},
      { MaxInactivityTimeDeviceLock: null },
      { MaxInactivityTimeDeviceLock: 0 },
    ];
    const revisions = await Promise.all(policies.map((policy) => policyRevision(policy)));
    expect(new Set(revisions).size).toBe(3);
  });

  test('it is the first 64 bits of SHA-256 over the document, in lower case', async () => {
    await fc.assert(
      fc.asyncProperty(validPolicy, async (policy) => {
        const hash = createHash('sha256').update(unwrap(policyDocument.encode(policy)));
        expect(await policyRevision(policy)).toBe(hash.digest('hex').slice(0, 16));
      }),
    );
  });
});

describe('computed once for each object', () => {
  test('and at hand from then on', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const policy: EASProvisionDoc = { DevicePasswordEnabled: true };
    expect(computedRevision(policy)).toBeUndefined();
    const revision = await policyRevision(policy);
    expect(computedRevision(policy)).toBe(revision);
    expect(await policyRevision(policy)).toBe(revision);
    expect(digest).toHaveBeenCalledTimes(1);
  });

  test('another object is looked at anew', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const [one, other] = [{ AllowCamera: true }, { AllowCamera: true }];
    expect(await policyRevision(one)).toBe(await policyRevision(other));
    expect(digest).toHaveBeenCalledTimes(2);
  });
});

test('what is no policy is a TypeError that names the element, each time anew', async () => {
  const broken = { MinDevicePasswordLength: 'four' } as object;
  await expect(policyRevision(broken)).rejects.toThrow(TypeError);
  await expect(policyRevision(broken)).rejects.toThrow(/MinDevicePasswordLength/);
});
