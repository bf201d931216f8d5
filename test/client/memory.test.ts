import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, start, step } from '../../machines/index.js';
import { type Memory, NEVER_ASKED_AFTER, remember } from '../../src/client/memory.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { smallLimits } from '../support/reachable.js';

const empty: Memory = {
  state: start('client', smallLimits),
  policy: null,
  queryForm: 'base64',
  protocolVersion: '16.1',
  movedTo: 'https://new.example.com/eas',
  unasked: 0,
  hasLookedForWipe: false,
};

/** Facts as a client meets them: an exchange that succeeds is as likely as all others together. */
const exchange = (n: number): readonly ProvisioningEvent[] => [
  { type: 'PolicyRequested' },
  { type: 'PolicyOffered', policyKey: '11', policy: { MinDevicePasswordLength: n }, revision: null },
  { type: 'PolicyAcknowledged', policyKey: '11', status: 1 },
  { type: 'PermanentKeyIssued', policyKey: '22' },
];
const walk = fc
  .array(
    fc.oneof(
      fc.nat({ max: 9 }).map(exchange),
      fc.constantFrom(...allFacts).map((fact) => [fact]),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.flat());

function walked(
  facts: readonly ProvisioningEvent[],
  visit: (before: Memory, fact: ProvisioningEvent, after: Memory) => void,
) {
  let memory = empty;
  for (const fact of facts) {
    const [state] = step(memory.state, fact);
    const after = remember(memory, fact, state);
    visit(memory, fact, after);
    memory = after;
  }
  return memory;
}

describe('what is remembered', () => {
  test('is the policy under the permanent key in force, and none where none is in force', () => {
    fc.assert(
      fc.property(walk, (facts) => {
        walked(facts, (before, _fact, { state, policy }) => {
          const { pending } = before.state.context;
          const isSettled = state.name === 'Provisioned' && before.state.name === 'Acknowledging';
          if (state.name === 'Unprovisioned') expect(policy).toBeNull();
          else if (state.name === 'Provisioned' && state.context.policyKey === '0') expect(policy).toBeNull();
          else if (isSettled && pending?.kind === 'Policy') expect(policy).toBe(pending.policy);
          else expect(policy).toBe(before.policy);
        });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['none is set any more', [...exchange(4), { type: 'PolicyRequested' }, { type: 'PolicyNotDefined' }]],
    [
      'it is taken away while it is agreed on',
      [...exchange(4), ...exchange(5).slice(0, 3), { type: 'PolicyNotDefined' }],
    ],
  ] satisfies [string, ProvisioningEvent[]][])('is no policy where %s', (_, facts) => {
    const { state, policy } = walked(facts, () => {});
    expect([state.name, state.context.policyKey, policy]).toEqual(['Provisioned', '0', null]);
  });

  test('is the same memory where a fact changes nothing, so that nothing is stored', () => {
    fc.assert(
      fc.property(walk, (facts) => {
        walked(facts, (before, fact, after) => {
          if (after !== before && after.state === before.state) expect(after).not.toEqual(before);
          if (fact.type === 'CommandAdmitted' && after.state === before.state && before.unasked === NEVER_ASKED_AFTER) {
            expect(after).toBe(before.hasLookedForWipe ? after : before);
          }
        });
      }),
    );
  });

  test('of the device itself is not touched by any fact but a reset, which forgets where the server moved', () => {
    fc.assert(
      fc.property(walk, (facts) => {
        walked(facts, ({ movedTo }, fact, after) => {
          expect(after).toMatchObject({ queryForm: 'base64', protocolVersion: '16.1' });
          expect(after.movedTo).toBe(fact.type === 'Reset' ? null : movedTo);
        });
      }),
    );
  });

  test('of commands that passed counts to three, and begins anew with the agreement', () => {
    const pass = { type: 'CommandAdmitted', policyKey: '0' } as const;
    const counts: number[] = [];
    walked([pass, pass, pass, pass, { type: 'PolicyRequested' }], (_before, _fact, { unasked }) =>
      counts.push(unasked),
    );
    expect(counts).toEqual([1, 2, 3, 3, 0]);
    expect(walked([pass, pass, { type: 'Reset' }], () => {}).unasked).toBe(0);
    expect(walked([pass, { type: 'RetryDue', cycle: 0, attempt: 0 }], () => {}).unasked).toBe(1);
    expect(walked([...exchange(4), { type: 'CommandAdmitted', policyKey: '22' }], () => {}).unasked).toBe(0);
  });

  test('of a wipe looked for lasts until a command passes, the device is wiped, or all begins anew', () => {
    const remembers = (state: Memory['state'], fact: ProvisioningEvent) =>
      remember({ ...empty, state, hasLookedForWipe: true }, fact, step(state, fact)[0]).hasLookedForWipe;
    const [provisioned] = step(step(start('client'), { type: 'PolicyRequested' })[0], { type: 'PolicyNotDefined' });
    expect(remembers(start('client'), { type: 'PolicyRequested' })).toBe(true);
    expect(remembers(start('client'), { type: 'RetryDue', cycle: 0, attempt: 0 })).toBe(true);
    expect(remembers(provisioned, { type: 'PolicyRequested' })).toBe(true);
    expect(remembers(provisioned, { type: 'CommandAdmitted', policyKey: '0' })).toBe(false);
    expect(remembers(provisioned, { type: 'Reset' })).toBe(false);
    const wiping = walked(
      [
        { type: 'PolicyRequested' },
        { type: 'WipeDirected', scope: 'account' },
        { type: 'WipeAcknowledged', scope: 'account', status: 1 },
      ],
      () => {},
    ).state;
    expect(remembers(wiping, { type: 'RetryDue', cycle: 1, attempt: 0 })).toBe(true);
    expect(remembers(wiping, { type: 'WipeCompleted', scope: 'account' })).toBe(false);
  });
});
