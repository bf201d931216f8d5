import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClientEffect, type ProvisioningEvent, step } from '../../machines/index.js';
import {
  beginning,
  factAfter,
  nextInExchange,
  questionOf,
  type Told,
  withEffects,
  withTold,
} from '../../src/client/exchange-loop.js';
import type { Memory } from '../../src/client/memory.js';
import { allFacts } from '../support/arbitraries/facts.js';
import { reachable } from '../support/reachable.js';

/** What a machine may ask for, whatever machine it is; each timer has its own name. */
const timer = fc.nat({ max: 99 }).map(
  (cycle): ClientEffect => ({
    type: 'StartTimer',
    event: { type: 'RetryDue', cycle, attempt: 0 },
  }),
);
const demand = fc.constant<ClientEffect>({
  type: 'Report',
  outcome: { kind: 'ReprovisionRequired', reason: 'PolicyRefresh' },
});
const store = fc.constant<ClientEffect>({ type: 'StorePolicyKey', policyKey: '1' });
const done = fc.constant<ClientEffect>({ type: 'Report', outcome: { kind: 'Wiped', scope: 'device' } });
const work = fc.array(fc.oneof(timer, demand, store), { maxLength: 4 });
const anything = fc.array(fc.oneof({ arbitrary: fc.oneof(timer, demand, store), weight: 6 }, done), { maxLength: 4 });

interface Log {
  readonly asked: ClientEffect[];
  readonly performed: ClientEffect[];
  readonly told: Told[];
  readonly taken: Told[];
}

/** An exchange whose machine answers its facts with these effects, one row after another, then with none. */
function driven(rows: readonly (readonly ClientEffect[])[], violations: readonly boolean[] = []) {
  const [first = [], ...left] = rows;
  const log: Log = { asked: [...first], performed: [], told: [], taken: [] };
  let loop = beginning(first);
  for (let turn = 0; turn < 100; turn++) {
    const next = nextInExchange(loop);
    if (next.kind === 'End') return { log, outcome: next.outcome, left: loop };
    loop = next.left;
    if (next.kind === 'Take') {
      expect(log.performed).toEqual(log.asked);
      log.taken.push(next.told);
      const effects = left.shift() ?? [];
      log.asked.push(...effects);
      loop = withEffects(loop, effects);
      continue;
    }
    const { effect } = next;
    log.performed.push(effect);
    if (effect.type === 'StorePolicyKey') continue;
    const fact: ProvisioningEvent =
      effect.type === 'StartTimer' ? factAfter.StartTimer(effect) : { type: 'PolicyRequested' };
    const told: Told = { fact, violation: violations[log.told.length] ? 'WipeDirected' : null };
    log.told.push(told);
    loop = withTold(loop, told);
  }
  throw new Error('no end');
}

describe('an exchange', () => {
  test('performs every effect once and in order, all of a fact before the next fact, and takes facts as told', () => {
    fc.assert(
      fc.property(fc.array(work, { maxLength: 6 }), (rows) => {
        const { log, outcome } = driven(rows);
        expect(outcome).toBeNull();
        expect(log.performed).toEqual(log.asked);
        expect(log.taken).toEqual(log.told);
      }),
    );
  });

  test('ends with the first outcome that is reported, whatever is left to do', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 6 }), (rows) => {
        const { log, outcome } = driven(rows);
        const isReported = log.asked.length > log.performed.length;
        expect(outcome).toEqual(isReported ? { kind: 'Wiped', scope: 'device' } : null);
        expect(log.asked.slice(0, log.performed.length)).toEqual(log.performed);
        if (isReported) expect(log.asked[log.performed.length]).toMatchObject({ outcome });
      }),
    );
  });

  test('a violation is the outcome of its own fact, and of no other', () => {
    const stored: ClientEffect = { type: 'StorePolicyKey', policyKey: '1' };
    const rows = [[tick(1), tick(2)], [tick(3)], [stored, reportWiped]];
    expect(driven(rows, [true, false]).outcome).toEqual({ kind: 'Wiped', scope: 'device' });
    expect(driven(rows, [false, true]).outcome).toEqual({
      kind: 'Violation',
      event: 'WipeDirected',
      fault: 'server',
    });
  });

  test('a demand that is reported is no end: the server is asked again', () => {
    const reported = { type: 'Report', outcome: { kind: 'ReprovisionRequired', reason: 'PolicyRefresh' } } as const;
    const next = nextInExchange(beginning([reported]));
    expect(next).toEqual({ kind: 'Perform', effect: reported, left: beginning([]) });
    expect(factAfter.Report(reported)).toEqual({ type: 'PolicyRequested' });
  });
});

describe('the fact after an effect', () => {
  test('is one that the machine waits for, whatever the device says', () => {
    let asked = 0;
    for (const before of reachable('client')) {
      for (const fact of allFacts) {
        const [after, effects] = step(before, fact);
        for (const told of effects.flatMap(wordsAfter)) {
          asked += 1;
          expect(step(after, told)[1].filter(isViolation), `${before.name} ${fact.type} ${told.type}`).toEqual([]);
        }
      }
    }
    expect(asked).toBeGreaterThan(100);
  });

  test('names what it was about, and what the device said', () => {
    const apply = { type: 'ApplyPolicy', policy: {}, policyKey: '7' } as const;
    expect(factAfter.ApplyPolicy(apply, 3)).toEqual({ type: 'PolicyAcknowledged', policyKey: '7', status: 3 });
    const confirm = { type: 'ConfirmWipe', scope: 'account' } as const;
    expect(factAfter.ConfirmWipe(confirm, true)).toEqual({ type: 'WipeAcknowledged', scope: 'account', status: 1 });
    expect(factAfter.ConfirmWipe(confirm, false)).toEqual({ type: 'WipeAcknowledged', scope: 'account', status: 2 });
    expect(factAfter.Wipe({ type: 'Wipe', scope: 'account' })).toEqual({ type: 'WipeCompleted', scope: 'account' });
  });
});

test('a device asks of its own accord while no server demanded it and nothing is agreed', () => {
  for (const state of reachable('client')) {
    for (const policy of [null, {}]) {
      const isOwn = state.context.reason === null && policy === null;
      expect(questionOf('EmptyRequest', '14.0', { ...memory, state, policy })).toEqual({
        asked: 'EmptyRequest',
        version: '14.0',
        ofOwnAccord: isOwn,
      });
    }
  }
});

const memory: Omit<Memory, 'state'> = {
  policy: null,
  queryForm: 'plain',
  protocolVersion: null,
  movedTo: null,
  unasked: 0,
  hasLookedForWipe: false,
};
const reportWiped: ClientEffect = { type: 'Report', outcome: { kind: 'Wiped', scope: 'device' } };

function tick(cycle: number): ClientEffect {
  return { type: 'StartTimer', event: { type: 'RetryDue', cycle, attempt: 0 } };
}

/** All that performing an effect can tell. */
function wordsAfter(effect: ClientEffect): readonly ProvisioningEvent[] {
  switch (effect.type) {
    case 'ApplyPolicy':
      return ([1, 2, 3, 4] as const).map((status) => factAfter.ApplyPolicy(effect, status));
    case 'ConfirmWipe':
      return [true, false].map((isConfirmed) => factAfter.ConfirmWipe(effect, isConfirmed));
    case 'Wipe':
      return [factAfter.Wipe(effect)];
    case 'StartTimer':
      return [factAfter.StartTimer(effect)];
    default:
      return [];
  }
}

function isViolation(effect: ReturnType<typeof step<'client'>>[1][number]): boolean {
  return effect.type === 'Report' && effect.outcome.kind === 'Violation';
}
