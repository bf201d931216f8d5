import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProvisioningContext } from '../../machines/provisioning.context.js';
import { load, save } from '../../machines/provisioning.record.js';
import { resume, start } from '../../machines/provisioning.step.js';
import { reachable, smallLimits } from '../support/reachable.js';

const states = fc.constantFrom(...reachable('client'));

test('every reachable state survives being stored', () => {
  for (const state of reachable('server')) {
    expect(load(JSON.parse(JSON.stringify(save(state))), 'server', smallLimits)).toEqual({ ok: true, value: state });
  }
});

test('a record is small: nothing is written that a clean memory holds', () => {
  expect(JSON.stringify(save(resume('server', '3942919513')))).toBe(
    '{"v":3,"name":"Provisioned","context":{"policyKey":"3942919513"}}',
  );
});

/** As a version before 3 held it: nothing says whether a wipe is confirmed. */
function unconfirmed<Context extends Partial<ProvisioningContext>>(context: Context): object {
  if (context.pending?.kind !== 'Wipe') return context;
  const { status: _status, ...pending } = context.pending;
  return { ...context, pending };
}

const older = states.filter(({ context: { pending } }) => pending?.kind !== 'Wipe' || pending.status === null);

test('version 1, which wrote the whole context with role and limits, is migrated', () => {
  fc.assert(
    fc.property(older, (state) => {
      const old = { v: 1, name: state.name, context: unconfirmed(state.context) };
      expect(load(old, 'client', smallLimits)).toEqual({ ok: true, value: state });
    }),
  );
});

test('version 2, which did not know whether a wipe was confirmed, is migrated: it is asked about', () => {
  fc.assert(
    fc.property(older, (state) => {
      const old = { v: 2, name: state.name, context: unconfirmed(save(state).context) };
      expect(load(old, 'client', smallLimits)).toEqual({ ok: true, value: state });
    }),
  );
  const directed = { policyKey: '0', reason: 'RemoteWipeRequested', pending: { kind: 'Wipe', scope: 'device' } };
  expect(load({ v: 2, name: 'Acknowledging', context: directed }, 'client')).toMatchObject({
    ok: true,
    value: { name: 'Acknowledging', context: { pending: { kind: 'Wipe', scope: 'device', status: null } } },
  });
});

test('anything at all is loaded or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.anything(), (junk) => {
      expect(load(junk, 'client')).toMatchObject({ ok: false, error: { code: 'ERR_STATE_SHAPE' } });
    }),
    { numRuns: 2000 },
  );
});

test('a record with one field spoiled is refused or loads as something the machine can be in', () => {
  const known = new Set(reachable('client').map((state) => JSON.stringify(save(state).name)));
  fc.assert(
    fc.property(states, fc.string(), fc.anything(), (state, field, junk) => {
      const record = save(state);
      const spoiled = load({ ...record, context: { ...record.context, [field]: junk } }, 'client');
      if (spoiled.ok) expect(known).toContain(JSON.stringify(spoiled.value.name));
      else expect(spoiled.error.code).toBe('ERR_STATE_SHAPE');
    }),
  );
});

test.each([
  ['an unknown version', { v: 4, name: 'Provisioned', context: {} }, 'v'],
  ['no version', { name: 'Provisioned', context: {} }, 'v'],
  ['an unknown state', { v: 3, name: 'Trusted', context: {} }, 'name'],
  ['a state named like a method', { v: 3, name: 'toString', context: {} }, 'name'],
  ['no context', { v: 3, name: 'Provisioned' }, 'context'],
  ['a field too many', { v: 3, name: 'Provisioned', context: {}, admin: true }, 'admin'],
  ['an unknown field', { v: 3, name: 'Provisioned', context: { trusted: true } }, 'context/trusted'],
  [
    'a key of 65 characters',
    { v: 3, name: 'Provisioned', context: { policyKey: '1'.repeat(65) } },
    'context/policyKey',
  ],
  ['a negative count', { v: 3, name: 'Provisioned', context: { cycles: -1 } }, 'context/cycles'],
  ['a fractional count', { v: 3, name: 'Provisioned', context: { cycles: 1.5 } }, 'context/cycles'],
  ['an unknown reason', { v: 3, name: 'NeedsReprovision', context: { reason: 'Whim' } }, 'context/reason'],
  [
    'a failure without its field',
    { v: 3, name: 'NeedsReprovision', context: { failure: { kind: 'Rejected' } } },
    'context/failure',
  ],
  ['a key in a state that has none', { v: 3, name: 'Unprovisioned', context: { policyKey: '7' } }, 'context'],
  ['nothing offered while acknowledging', { v: 3, name: 'Acknowledging', context: { policyKey: '7' } }, 'context'],
  [
    'an offer that is none',
    { v: 3, name: 'Acknowledging', context: { pending: { kind: 'Wipe', scope: 'shop', status: null } } },
    'context/pending',
  ],
  [
    'a wipe that was declined',
    { v: 3, name: 'Acknowledging', context: { pending: { kind: 'Wipe', scope: 'device', status: 2 } } },
    'context/pending',
  ],
  [
    'a directive that does not say whether it is confirmed',
    { v: 3, name: 'Acknowledging', context: { pending: { kind: 'Wipe', scope: 'device' } } },
    'context/pending',
  ],
  [
    'a policy without a key',
    { v: 3, name: 'Acknowledging', context: { pending: { kind: 'Policy', policy: {}, revision: null, status: null } } },
    'context',
  ],
  [
    'an agreement that fell, with its revision',
    { v: 3, name: 'NeedsReprovision', context: { revision: 'r1' } },
    'context',
  ],
])('junk is refused with its path: %s', (_case, record, path) => {
  expect(load(record, 'client')).toMatchObject({ ok: false, error: { code: 'ERR_STATE_SHAPE', path } });
});

test('role and limits are the loader’s, not the record’s', () => {
  const record = save(start('client', { attempts: 9, cycles: 9 }));
  expect(load(record, 'server', smallLimits)).toEqual({ ok: true, value: start('server', smallLimits) });
});
