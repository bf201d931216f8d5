import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ProvisioningEvent,
  type ProvisioningState,
  provisioningMachine,
  start,
  step,
} from '../../machines/index.js';
import { createStatelyReader } from '../../src/page/stately.js';

const definition = JSON.stringify({ id: provisioningMachine.config.id });
const view = ({ name, context }: ProvisioningState) => ({ status: 'active', value: name, context });
const actor = (sessionId: string, name = sessionId) => ({ type: '@xstate.actor', sessionId, name, definition });
const snapshot = (sessionId: string, event: { type: string }, state: ProvisioningState) => ({
  type: '@xstate.snapshot',
  sessionId,
  event,
  snapshot: view(state),
});

function readAll(...messages: readonly unknown[]) {
  const reader = createStatelyReader();
  for (const [index, message] of messages.entries()) reader.read(message, 1000 + index * 10);
  return reader;
}

const asked: ProvisioningEvent = { type: 'PolicyRequested' };
const before = start('client');
const [after, effects] = step(before, asked);

describe('what Stately tells', () => {
  test('of our machine becomes a transition, with the effects that the machine asks for', () => {
    const { entries } = readAll(
      actor('x:1'),
      snapshot('x:1', { type: 'xstate.init' }, before),
      snapshot('x:1', asked, after),
    );
    const where = { kind: 'Transition', at: 20, session: 'x:1', role: 'client' };
    expect(entries[0]).toMatchObject({ kind: 'Note', at: 10, by: 'client', state: before });
    expect(entries.slice(1)).toEqual([{ ...where, before, event: asked, after, effects }]);
    expect(effects).not.toEqual([]);
  });

  test('without a state to begin with starts from the first state there is', () => {
    expect(readAll(actor('x:1'), snapshot('x:1', asked, after)).entries).toMatchObject([{ before }]);
  });

  test('of a machine at rest shows its state', () => {
    const { entries } = readAll(
      { ...actor('x:1'), snapshot: view(after) },
      snapshot('x:1', { type: 'xstate.init' }, after),
    );
    expect(entries).toEqual([
      { kind: 'Note', at: 0, session: 'x:1', by: 'client', text: 'is seen from here on', state: after },
    ]);
  });

  test('of a state that no fact led to becomes a note', () => {
    const { entries } = readAll(actor('x:1'), snapshot('x:1', { type: 'Resumed' }, after));
    expect(entries).toEqual([{ kind: 'Note', at: 10, session: 'x:1', by: 'client', text: 'Resumed', state: after }]);
  });

  test('and is not what the machine does has no effects', () => {
    const event = { type: 'PermanentKeyIssued', policyKey: '1' };
    expect(readAll(actor('x:1'), snapshot('x:1', event, after)).entries).toMatchObject([{ effects: [] }]);
  });

  test('of other actors is their names, but for those that belong to a machine of ours', () => {
    const other = { ...actor('x:2', 'traffic'), definition: JSON.stringify({ id: 'traffic' }) };
    const host = { ...actor('x:1/host', 'host'), definition: undefined, parentId: 'x:1' };
    const reader = readAll(actor('x:1'), other, other, host, snapshot('x:2', asked, after));
    expect(reader.others).toEqual(['traffic']);
    expect(reader.entries).toEqual([]);
  });

  test('of machines of one name is told apart', () => {
    const machines = ['x:1', 'x:2'].flatMap((id) => [actor(id, 'provisioning'), snapshot(id, asked, after)]);
    expect(readAll(...machines).entries.map(({ session }) => session)).toEqual(['provisioning', 'provisioning (x:2)']);
  });

  test.each([
    [
      'no state of the machine',
      { ...snapshot('x:1', asked, after), snapshot: { value: 'Lost', context: after.context } },
    ],
    ['no role', { ...snapshot('x:1', asked, after), snapshot: { value: 'AwaitingPolicy', context: {} } }],
    ['an unknown actor', snapshot('x:9', asked, after)],
  ])('and is %s is left out', (_name, message) => {
    expect(readAll(actor('x:1'), message).entries).toEqual([]);
  });

  test('may be anything', () => {
    const type = fc.constantFrom('@xstate.actor', '@xstate.snapshot', '@xstate.event');
    const event = fc.record({
      type: fc.constantFrom('PolicyOffered', 'WipeDirected', '__proto__'),
      policyKey: fc.anything(),
    });
    const state = fc.constant(view(after));
    const message = fc.record({ type, sessionId: fc.constant('x:1'), event, snapshot: fc.oneof(state, fc.anything()) });
    fc.assert(
      fc.property(fc.array(fc.oneof(message, fc.anything())), (messages) => {
        readAll(actor('x:1'), ...messages);
      }),
    );
  });
});
