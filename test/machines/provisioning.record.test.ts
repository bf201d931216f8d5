import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProvisioningContext } from '../../machines/provisioning.context.js';
import { load, save } from '../../machines/provisioning.record.js';
import { resume, start } from '../../machines/provisioning.step.js';
import { reachable, smallLimits } from '../support/reachable.js';

const states = fc.constantFrom(...reachable('client'));
const noVersion = 'no record of version 1 to 3';

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

const wipe = { kind: 'Wipe', scope: 'device', status: null };
const offer = { kind: 'Policy', policy: {}, revision: null, status: null };

test.each<[string, unknown, string, string]>([
  ['nothing', null, 'v', noVersion],
  ['a list', [], 'v', noVersion],
  ['a later version', { v: 4, name: 'Provisioned', context: {} }, 'v', noVersion],
  ['an earlier version than the first', { v: 0, name: 'Provisioned', context: {} }, 'v', noVersion],
  ['a version as text', { v: '1', name: 'Provisioned', context: {} }, 'v', noVersion],
  ['a version in a list', { v: [2], name: 'Provisioned', context: {} }, 'v', noVersion],
  ['no version', { name: 'Provisioned', context: {} }, 'v', noVersion],
  ['an unknown state', { v: 3, name: 'Trusted', context: {} }, 'name', 'no such state'],
  ['a state named like a method', { v: 3, name: 'toString', context: {} }, 'name', 'no such state'],
  ['a state in a list', { v: 3, name: ['Provisioned'], context: {} }, 'name', 'no such state'],
  ['no context', { v: 3, name: 'Provisioned' }, 'context', 'not an object'],
  ['no context, in version 1', { v: 1, name: 'Provisioned' }, 'context', 'not an object'],
  ['no context, in version 2', { v: 2, name: 'Provisioned', context: null }, 'context', 'not an object'],
  ['a list for a context', { v: 3, name: 'Provisioned', context: [] }, 'context', 'not an object'],
  ['a field too many', { v: 3, name: 'Provisioned', context: {}, admin: true }, 'admin', 'no such field'],
  ['an unknown field', { v: 3, name: 'Provisioned', context: { trusted: true } }, 'context/trusted', 'no such field'],
  [
    'a field named like a method',
    { v: 3, name: 'Provisioned', context: { toString: null } },
    'context/toString',
    'no such field',
  ],
  [
    'a value that is none of its field',
    { v: 3, name: 'Provisioned', context: { cycles: -1 } },
    'context/cycles',
    'not a value this field can have',
  ],
  [
    'an offer of version 2 that is none',
    { v: 2, name: 'Acknowledging', context: { pending: 'a wipe' } },
    'context/pending',
    'not a value this field can have',
  ],
  ...[
    ['a key before any agreement', 'Unprovisioned', { policyKey: '7' }] as const,
    ['a key after it fell', 'NeedsReprovision', { policyKey: '7' }] as const,
    ['a key while a wipe is directed', 'Acknowledging', { policyKey: '7', pending: wipe }] as const,
    ['nothing offered while acknowledging', 'Acknowledging', { policyKey: '7' }] as const,
    ['an offer before it came', 'AwaitingPolicy', { policyKey: '7', pending: offer }] as const,
    ['an offer after it is settled', 'Provisioned', { policyKey: '7', pending: offer }] as const,
    ['an offer without a key', 'Acknowledging', { pending: offer }] as const,
    ['an agreement that fell, with its revision', 'NeedsReprovision', { revision: 'r1' }] as const,
    ['one that fell, with the key it was settled by', 'NeedsReprovision', { settledKey: '7' }] as const,
    [
      'a new offer, with the key of the last',
      'Acknowledging',
      { policyKey: '8', pending: offer, settledKey: '7' },
    ] as const,
  ].map(([what, name, context]): [string, unknown, string, string] => [
    what,
    { v: 3, name, context },
    'context',
    `not a memory that ${name} can have`,
  ]),
])('junk is refused with its path: %s', (_case, record, path, message) => {
  const error = { code: 'ERR_STATE_SHAPE', message, path };
  expect(load(record, 'client')).toEqual({ ok: false, error });
});

test('role and limits are the loader’s, not the record’s', () => {
  const record = save(start('client', { attempts: 9, cycles: 9 }));
  expect(load(record, 'server', smallLimits)).toEqual({ ok: true, value: start('server', smallLimits) });
});
