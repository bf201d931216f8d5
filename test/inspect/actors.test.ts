/** The machine among other actors. */
import { expect, test } from 'vitest';
import { createActor, createMachine, fromPromise, sendTo } from 'xstate';
import { defaultLimits, provisioningMachine } from '../../machines/index.js';
import { recording } from './support/recording.js';

const input = { role: 'client', limits: defaultLimits.client } as const;

test('below another actor, the machine is told in full; of the other nothing is told but names', () => {
  const { inspector, rows, messages } = recording();
  const phone = createMachine({
    id: 'phone',
    context: { token: 'secret of the host' },
    initial: 'On',
    states: {
      On: {
        invoke: { src: provisioningMachine, id: 'agreement', input },
        on: { Ask: { actions: sendTo('agreement', { type: 'PolicyRequested' }) } },
      },
    },
  });
  const actor = createActor(phone, { id: 'phone', inspect: inspector.actors }).start();
  actor.send({ type: 'Ask', password: 'secret of the user' });
  expect(rows()).toEqual(
    expect.arrayContaining([
      '+ phone',
      'phone = On',
      '+ agreement < phone',
      '? -> phone Ask',
      'agreement: host -> agreement PolicyRequested',
      'agreement = AwaitingPolicy',
      'agreement -> agreement: server Send.InitialRequest',
    ]),
  );
  expect(rows().filter((row) => row === 'agreement = AwaitingPolicy')).toHaveLength(1);
  expect(JSON.stringify(messages)).not.toContain('secret');
});

test('two of them are two sessions, and what is no machine is only a name', async () => {
  const { inspector, rows } = recording();
  createActor(provisioningMachine, { id: 'one', input, inspect: inspector.actors }).start();
  createActor(provisioningMachine, { id: 'two', input, inspect: inspector.actors }).start();
  const promise = createActor(
    fromPromise(async () => 'secret'),
    { id: 'three', inspect: inspector.actors },
  );
  promise.start();
  await new Promise<void>((resolve) => promise.subscribe({ complete: resolve }));
  expect(rows().filter((row) => row.startsWith('+'))).toEqual([
    '+ one',
    '+ one: host < one',
    '+ one: server < one',
    '+ two',
    '+ two: host < two',
    '+ two: server < two',
    '+ three',
  ]);
  expect(rows().join()).not.toContain('secret');
});

test('restored from a stored snapshot, it is told from there', () => {
  const asked = createActor(provisioningMachine, { input }).start();
  asked.send({ type: 'PolicyRequested' });
  const { inspector, messages } = recording();
  const snapshot = asked.getPersistedSnapshot();
  createActor(provisioningMachine, { id: 'phone', input, snapshot, inspect: inspector.actors }).start();
  expect(messages[0]).toMatchObject({ name: 'phone', snapshot: { value: 'AwaitingPolicy', context: { cycles: 1 } } });
});
