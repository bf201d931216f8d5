import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  edgeOf,
  type ProvisioningEvent,
  type ProvisioningState,
  type Role,
  save,
  start,
  step,
} from '../../machines/index.js';
import {
  departureIn,
  type Entry,
  edgeIn,
  factsIn,
  sessionsIn,
  sidesAfter,
  type TransitionEntry,
  transitionEntry,
} from '../../src/timeline/index.js';
import { play, played } from '../simulation/support/sessions.js';

const place = { at: 0, session: 'one' } as const;

describe('the sides after some entries', () => {
  test('are those that the adapters had then', async () => {
    await fc.assert(
      fc.asyncProperty(played, async (session) => {
        const { entries, client, server } = await play(session);
        const sides = sidesAfter(entries);
        expect(save(sides.client ?? start('client'))).toEqual(save(client));
        expect(save(sides.server ?? start('server'))).toEqual(save(server));
      }),
      { numRuns: 120 },
    );
  });

  test('are those before all that comes later, and unknown before the first', () => {
    const entries = taken('client', [{ type: 'PolicyRequested' }, { type: 'Reset' }]);
    const names = [-1, 0, 1, 2, 3].map((count) => sidesAfter(entries, count).client?.name ?? null);
    expect(names).toEqual([null, null, 'AwaitingPolicy', 'Unprovisioned', 'Unprovisioned']);
    expect(sidesAfter(entries).server).toBeNull();
  });

  test('are what a crash left', () => {
    const entries = taken('client', [{ type: 'PolicyRequested' }]);
    expect(sidesAfter([...entries, restored(start('client'))]).client?.name).toBe('Unprovisioned');
  });
});

describe('a transition', () => {
  test('leaves the specification where it reports a violation', () => {
    const [violating] = taken('client', [{ type: 'PermanentKeyIssued', policyKey: '1' }]);
    expect(departureIn(violating!)).toEqual({ event: 'PermanentKeyIssued', fault: 'server' });
    const [usual] = taken('client', [{ type: 'PolicyRequested' }]);
    expect(departureIn(usual!)).toBeNull();
    expect(departureIn({ ...place, kind: 'Note', by: 'link', text: '' })).toBeNull();
  });

  test('goes along an edge of the chart', () => {
    const [entry] = taken('server', [{ type: 'PolicyRequested' }]);
    expect(edgeIn(entry!)).toBe(edgeOf(start('server'), { type: 'PolicyRequested' })?.id);
    expect(edgeIn(entry!)).toMatch(/PolicyRequested/);
    expect(edgeIn(restored(start('client')))).toBeNull();
  });
});

describe('the facts in entries', () => {
  const asks = { type: 'PolicyRequested' } as const;
  const offer = { type: 'PolicyOffered', policyKey: '7', policy: {}, revision: null } as const;
  const applied = { type: 'PolicyAcknowledged', policyKey: '7', status: 1 } as const;

  test('are those of one side', () => {
    const entries = [...taken('client', [asks, offer]), ...taken('server', [asks])];
    expect(factsIn(entries, 'client')).toEqual({ role: 'client', facts: [asks, offer] });
    expect(factsIn(entries, 'server')).toEqual({ role: 'server', facts: [asks] });
  });

  test('are also those that changed nothing', () => {
    const idle = { type: 'RetryDue', cycle: 9, attempt: 9 } as const;
    expect(factsIn(taken('client', [asks, idle, offer]), 'client').facts).toEqual([asks, idle, offer]);
  });

  test('end where a crash took the side back to, whether or not it is told', () => {
    const entries = taken('client', [asks, offer, applied]);
    const [, second, third] = entries;
    expect(factsIn([...entries, restored(second!.after)], 'client').facts).toEqual([asks, offer]);
    expect(factsIn([...entries, third!], 'client').facts).toEqual([asks, offer, applied]);
    expect(factsIn([...entries, restored(start('client'))], 'client').facts).toEqual([]);
  });

  test('begin where the entries do', () => {
    expect(factsIn(taken('client', [asks, offer, applied]).slice(1), 'client').facts).toEqual([offer, applied]);
  });
});

test('sessions are told in the order in which they began', () => {
  const of = (session: string): Entry => ({ ...place, session, kind: 'Note', by: 'link', text: '' });
  expect(sessionsIn([of('b'), of('a'), of('b')])).toEqual(['b', 'a']);
});

function taken(role: Role, events: readonly ProvisioningEvent[]): readonly TransitionEntry[] {
  let state: ProvisioningState = start(role);
  return events.map((event) => {
    const before = state;
    const [after, effects] = step(before, event);
    state = after;
    return transitionEntry(place, { before, event, after, effects });
  });
}

function restored(state: ProvisioningState): Entry {
  return { ...place, kind: 'Note', by: state.context.role, text: 'crashes', state };
}
