/** Facts from outside: what is taken, what is refused and where, and what the machine makes of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProvisioningEvent, type ProvisioningState, type Role, start, step } from '../../machines/index.js';
import { eventTypes } from '../../machines/provisioning.events.js';
import { fromFacts, MAX_FACTS, readFact, readFactLists } from '../../src/timeline/from-facts.js';
import { factsIn } from '../../src/timeline/index.js';
import { marksIn } from '../../src/timeline/marks.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { unwrap } from '../support/device.js';

const roles = fc.constantFrom<Role>('client', 'server');
const lists = fc.record({ role: roles, facts: fc.array(fc.constantFrom(...allFacts), { maxLength: 20 }) });

test('every fact there is can be read, as JSON has it', () => {
  expect(new Set(allFacts.map(({ type }) => type))).toEqual(new Set(eventTypes));
  for (const fact of allFacts) {
    expect(readFact(JSON.parse(JSON.stringify(fact)), 'facts[0]')).toEqual({ ok: true, value: fact });
  }
});

test('a fact is not one any more without one of its fields, or with one too many', () => {
  fc.assert(
    fc.property(fc.constantFrom(...allFacts), fc.nat(), fc.string({ minLength: 1 }), (fact, pick, extra) => {
      const names = Object.keys(fact).filter((name) => name !== 'mayWait');
      const left = names[pick % names.length] ?? 'type';
      const without = Object.fromEntries(Object.entries(fact).filter(([name]) => name !== left));
      const path = left === 'type' ? 'facts[3].type' : `facts[3].${left}`;
      expect(readFact(without, 'facts[3]')).toMatchObject({ ok: false, error: { code: 'ERR_REPLAY_FACTS', path } });
      fc.pre(!(extra in fact) && extra !== 'mayWait');
      expect(readFact({ ...fact, [extra]: 1 }, 'facts[3]')).toMatchObject({ ok: false });
    }),
  );
});

test('whatever JSON says, it is read or refused with a place', () => {
  const shaped = fc.record({
    role: fc.oneof(roles, fc.jsonValue()),
    facts: fc.array(fc.oneof(fc.constantFrom(...allFacts), fc.jsonValue())),
  });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped, fc.array(shaped)), (json) => {
      const read = readFactLists(json);
      if (read.ok) expect(fromFacts(read.value)).toHaveLength(read.value.flatMap(({ facts }) => facts).length);
      else expect(read.error.code).toMatch(/^ERR_REPLAY_(FACTS|SIZE)$/);
    }),
  );
});

test('each fact is a step from the start, and the entries hold the facts again', () => {
  fc.assert(
    fc.property(lists, ({ role, facts }) => {
      const entries = fromFacts([{ role, facts }]);
      let state: ProvisioningState = start(role);
      for (const [at, fact] of facts.entries()) {
        const [after, effects] = step(state, fact);
        expect(entries[at]).toEqual({
          kind: 'Transition',
          at: 0,
          session: 'facts',
          role,
          before: state,
          event: fact,
          after,
          effects,
        });
        state = after;
      }
      expect(factsIn(entries, role).facts).toHaveLength(facts.length);
    }),
  );
});

describe('lists', () => {
  const facts: readonly ProvisioningEvent[] = [{ type: 'PolicyRequested' }];

  test('of both sides are one session, of one side twice are two', () => {
    const sessions = (...both: Role[]) =>
      fromFacts(both.map((role) => ({ role, facts }))).map(({ session }) => session);
    expect(sessions('client', 'server')).toEqual(['facts', 'facts']);
    expect(sessions('server', 'server')).toEqual(['facts 1', 'facts 2']);
  });

  test.each<[string, unknown, object]>([
    ['three', [1, 2, 3].map(() => ({ role: 'client', facts: [] })), { code: 'ERR_REPLAY_FACTS' }],
    ['of nobody', { role: 'device', facts: [] }, { code: 'ERR_REPLAY_FACTS', path: 'role' }],
    ['of no array', { role: 'client', facts: {} }, { code: 'ERR_REPLAY_FACTS', path: 'facts' }],
    ['with something else', { role: 'client', facts: [], x: 1 }, { code: 'ERR_REPLAY_FACTS', path: 'x' }],
    [
      'of which the second is wrong',
      [
        { role: 'client', facts },
        { role: 'server', facts: [{ type: 'Reset' }, { type: 'no' }] },
      ],
      { path: '[1].facts[1].type' },
    ],
    [
      'with a key that is a number',
      { role: 'client', facts: [{ type: 'PermanentKeyIssued', policyKey: 7 }] },
      { path: 'facts[0].policyKey' },
    ],
    [
      'that is too long',
      { role: 'client', facts: Array.from({ length: MAX_FACTS + 1 }, () => facts[0]) },
      { code: 'ERR_REPLAY_SIZE', path: 'facts' },
    ],
  ])('%s: refused', (_what, json, error) => {
    expect(readFactLists(json)).toMatchObject({ ok: false, error });
  });

  test('as long as may be are taken', () => {
    const json = { role: 'client', facts: Array.from({ length: MAX_FACTS }, () => facts[0]) };
    expect(unwrap(readFactLists(json))[0]?.facts).toHaveLength(MAX_FACTS);
  });

  test('a fact that fits no state is marked', () => {
    const entries = fromFacts([{ role: 'client', facts: [...facts, { type: 'PermanentKeyIssued', policyKey: '7' }] }]);
    expect(marksIn(entries)).toEqual([
      { index: 1, session: 'facts', by: 'server', text: 'PermanentKeyIssued 7 does not fit AwaitingPolicy' },
    ]);
  });
});
