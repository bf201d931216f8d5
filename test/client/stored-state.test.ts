import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLimits, type ProvisioningState, start, step } from '../../machines/index.js';
import { readState, writeState } from '../../src/client/stored-state.js';
import { anyPolicy } from '../support/arbitraries/policy.js';
import { reachable, smallLimits } from '../support/reachable.js';

const limits = defaultLimits.client;

describe('a stored state', () => {
  test('reads back as it was, whatever state a client can reach', () => {
    for (const state of reachable('client')) expect(readState(writeState(state), smallLimits)).toEqual(state);
  });

  test('holds an offer with whatever the policy has, opaque bytes included', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const state = offeredWith(policy);
        expect(readState(writeState(state), limits)).toEqual(state);
      }),
    );
  });

  test('is a first contact where the text holds none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readState(text, limits)).toEqual(start('client', limits));
      }),
    );
    expect(readState(null, limits)).toEqual(start('client', limits));
  });
});

function offeredWith(policy: Extract<Parameters<typeof step>[1], { type: 'PolicyOffered' }>['policy']) {
  const [awaiting] = step(start('client', limits), { type: 'PolicyRequested' });
  const offer = { type: 'PolicyOffered', policyKey: '7', policy, revision: null } as const;
  const [offered]: readonly [ProvisioningState<'client'>, unknown] = step(awaiting, offer);
  return offered;
}
