/** Nothing of a key but which are equal, nothing of a policy but its size; and nothing else is taken out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, start, step, type Transition } from '../../machines/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import { createRedactor } from '../../src/timeline/redact.js';
import { anyRole, walk } from '../support/arbitraries/facts.js';

const limits = { attempts: 2, cycles: 2 };

/** The facts of a walk about other keys and policies: 11, 22 and 33 become these, `r1` and `r2` these documents. */
interface World {
  readonly keys: readonly string[];
  readonly revisions: readonly string[];
  readonly policy: EASProvisionDoc | string;
}

function lived(role: 'client' | 'server', walked: readonly ProvisioningEvent[], world: World): readonly Transition[] {
  let state = start(role, limits);
  return walked.map((fact) => {
    const event = inWorld(fact, world);
    const [after, effects] = step(state, event);
    const transition: Transition = { before: state, event, after, effects };
    state = after;
    return transition;
  });
}

function inWorld(fact: ProvisioningEvent, { keys, revisions, policy }: World): ProvisioningEvent {
  const text = JSON.stringify(fact, (name, value) => {
    if (name === 'policyKey' && value !== '0') return keys[['11', '22', '33'].indexOf(value)];
    if (name === 'revision' && value !== null) return revisions[['r1', 'r2'].indexOf(value)];
    return name === 'policy' ? policy : value;
  });
  return JSON.parse(text) as ProvisioningEvent;
}

const key = fc.integer({ min: 1_000_000_000, max: 0xffff_ffff }).map(String);
const anyWorld: fc.Arbitrary<World> = fc.record({
  keys: fc.uniqueArray(key, { minLength: 3, maxLength: 3 }),
  revisions: fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 2, maxLength: 2 }),
  policy: fc.record({ MinDevicePasswordLength: fc.integer({ min: 1, max: 16 }), MaxAttachmentSize: fc.nat() }),
});

test('two lives that differ in keys and policies alone look the same', () => {
  fc.assert(
    fc.property(anyRole, walk(limits), anyWorld, anyWorld, (role, walked, one, other) => {
      const shown = (world: World) => lived(role, walked, world).map(createRedactor().transition);
      expect(shown(one)).toEqual(shown(other));
    }),
    { numRuns: 300 },
  );
});

test('no key and no value of a policy is left anywhere', () => {
  fc.assert(
    fc.property(anyRole, walk(limits), anyWorld, (role, walked, world) => {
      const policy = { ...(world.policy as EASProvisionDoc), UnapprovedInROMApplicationList: ['marker.exe'] };
      const { transition } = createRedactor();
      const text = JSON.stringify(lived(role, walked, { ...world, policy }).map(transition));
      for (const secret of [...world.keys, 'marker', 'MinDevicePasswordLength']) expect(text).not.toContain(secret);
    }),
    { numRuns: 300 },
  );
});

test('nothing else is taken out, and with everything revealed nothing at all', () => {
  fc.assert(
    fc.property(anyRole, walk(limits), anyWorld, (role, walked, world) => {
      const told = lived(role, walked, world);
      const whole = createRedactor({ reveal: ['policyKeys', 'policy'] });
      expect(told.map(whole.transition)).toEqual(told);
      expect(JSON.stringify(told.map(createRedactor().transition))).not.toContain('not shown');
      const { policyKey, transition } = createRedactor({ reveal: ['policy'] });
      const aliased = told.map((each) =>
        JSON.parse(
          JSON.stringify(each, (name, value) =>
            (name === 'policyKey' || name === 'settledKey') && value !== null ? policyKey(value) : value,
          ),
        ),
      );
      expect(told.map(transition)).toEqual(aliased);
    }),
  );
});

describe('a redactor', () => {
  test('names keys in the order of their appearance, wherever they appear, and keeps no key', () => {
    const { event, effect, policyKey } = createRedactor();
    expect(event({ type: 'CommandAdmitted', policyKey: '900' })).toEqual({ type: 'CommandAdmitted', policyKey: 'K1' });
    expect(effect({ type: 'StorePolicyKey', policyKey: '700' })).toEqual({ type: 'StorePolicyKey', policyKey: 'K2' });
    expect(['900', '0', '700', '1', 'junk'].map(policyKey)).toEqual(['K1', '0', 'K2', 'K3', 'K4']);
  });

  test('forgets the keys met longest ago, of very many, and gives none of them the name of another', () => {
    const { policyKey } = createRedactor();
    const seen = Array.from({ length: 12_000 }, (_, at) => policyKey(String(at + 1)));
    expect(new Set(seen).size).toBe(12_000);
    expect(policyKey('12000')).toBe('K12000');
    expect(policyKey('1')).toBe('K12001');
  });

  test('counts the elements of a policy in either form, and keeps its revision from being guessed', () => {
    const { policy, event } = createRedactor();
    expect(policy({ DevicePasswordEnabled: true })).toBe('1 element');
    expect(policy({})).toBe('0 elements');
    expect(policy('<?xml version="1.0"?><a><b c="secret"/><!-- x --></a>')).toBe('2 elements');
    const offer = { type: 'PolicyOffered', policyKey: '0', policy: {}, revision: 'f00d' } as const;
    expect(event(offer)).toEqual({ ...offer, policy: '0 elements', revision: 'R1' });
    expect(event({ type: 'PolicyDetermined', revision: null })).toEqual({ type: 'PolicyDetermined', revision: null });
  });

  test('shows nothing of a field that the machine does not have', () => {
    const { event } = createRedactor();
    const strange = { type: 'Reset', password: 'secret', token: { deep: 'secret' } } as const;
    expect(JSON.stringify(event(strange))).not.toContain('secret');
  });

  test('leaves what it is given as it was', () => {
    const state = Object.freeze({ ...start('client'), context: Object.freeze(start('client').context) });
    expect(createRedactor().state(state)).toEqual(start('client'));
  });
});
