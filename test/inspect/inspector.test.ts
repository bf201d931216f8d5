/** What a page is told of the eight steps, by the client, the server and the machine run as an actor. */
import { readFileSync } from 'node:fs';
import { createInspector } from '@statelyai/inspect';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { defaultLimits, provisioningMachine, type Role, start, step, type Transition } from '../../machines/index.js';
import { createProvisioningInspector } from '../../src/inspect/index.js';
import { allFacts, anyRole, walk } from '../support/arbitraries/facts.js';
import { createLink } from '../support/link.js';
import { plain, type Recording, recording } from './support/recording.js';

const folderSync = {
  name: 'FolderSync',
  document: {
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
  },
} as const;

/** The eight steps (MS-OXPROTO 2.5.14.5), both sides told on one page. */
async function eightSteps(recorded: Recording = recording()) {
  const { inspector, messages } = recorded;
  const onClient = inspector.client('phone');
  const onServer = inspector.server('server');
  const told: Transition[] = [];
  const link = createLink(
    {
      inspect(transition) {
        told.push(transition);
        onClient(transition);
      },
    },
    {
      inspect(device, transition) {
        told.push(transition);
        onServer(device, transition);
      },
    },
  );
  expect(await link.client.run(folderSync)).toMatchObject({ kind: 'Answered', repeated: true });
  const of = (role: Role) => told.filter(({ before }) => before.context.role === role);
  return { ...recorded, messages, of, link };
}

const clientRows = [
  'phone: server -> phone ReprovisionRequired',
  'phone = NeedsReprovision',
  'phone -> phone: host Report.ReprovisionRequired',
  'phone: host -> phone RetryDue',
  'phone = NeedsReprovision',
  'phone: host -> phone PolicyRequested',
  'phone = AwaitingPolicy',
  'phone -> phone: server Send.InitialRequest',
  'phone: server -> phone PolicyOffered',
  'phone = Acknowledging',
  'phone -> phone: host ApplyPolicy',
  'phone: host -> phone PolicyAcknowledged',
  'phone = Acknowledging',
  'phone -> phone: server Send.PolicyAcknowledgment',
  'phone: server -> phone PermanentKeyIssued',
  'phone = Provisioned',
  'phone -> phone: host StorePolicyKey',
  'phone -> phone: host Report.Provisioned',
  'phone: server -> phone CommandAdmitted',
  'phone = Provisioned',
];

const device = 'user@example.test/DEVICE0001';
const serverRows = [
  `server -> ${device} PolicyDetermined`,
  `${device} = Unprovisioned`,
  `server -> ${device} PolicyDetermined`,
  `${device} = Unprovisioned`,
  `${device}: device -> ${device} PolicyRequested`,
  `${device} = AwaitingPolicy`,
  `${device} -> server LoadPolicy`,
  `server -> ${device} PolicyOffered`,
  `${device} = Acknowledging`,
  `${device} -> server StorePolicyKey`,
  `${device} -> ${device}: device Respond.PolicyResponse`,
  `${device} -> server StartTimer.OfferExpired`,
  `server -> ${device} PolicyDetermined`,
  `${device} = Acknowledging`,
  `${device}: device -> ${device} PolicyAcknowledged`,
  `${device} = Acknowledging`,
  `${device} -> server JudgeAcknowledgment`,
  `server -> ${device} PermanentKeyIssued`,
  `${device} = Provisioned`,
  `${device} -> server StorePolicyKey`,
  `${device} -> ${device}: device Respond.PermanentKeyResponse`,
  `${device} -> server Report.Provisioned`,
  `server -> ${device} PolicyDetermined`,
  `${device} = Provisioned`,
  `server -> ${device} CommandAdmitted`,
  `${device} = Provisioned`,
];

describe('the eight steps', () => {
  test('read as the sequence chart of each side, one actor per device below the server', async () => {
    const { rows } = await eightSteps();
    expect(rows().filter((row) => row.startsWith('+'))).toEqual([
      '+ phone',
      '+ phone: host < phone',
      '+ phone: server < phone',
      '+ server',
      `+ ${device} < server`,
      `+ ${device}: device < ${device}`,
    ]);
    expect(rows().filter((row) => !row.startsWith('+') && row.includes('phone'))).toEqual(clientRows);
    expect(rows().filter((row) => !row.startsWith('+') && row.includes(device))).toEqual(serverRows);
  });

  test('are the messages of @statelyai/inspect, to the letter', async () => {
    const { messages } = await eightSteps();
    const { version } = JSON.parse(
      readFileSync(new URL('../../node_modules/@statelyai/inspect/package.json', import.meta.url), 'utf8'),
    );
    for (const { _version, createdAt } of messages) {
      expect(_version).toBe(version);
      expect(Math.abs(Number(createdAt) - Date.now())).toBeLessThan(60_000);
    }
    expect(messages.map(({ id }) => id)).toEqual(messages.map((_, place) => String(place + 1)));
    expect(messages[0]).toMatchObject({
      type: '@xstate.actor',
      name: 'phone',
      sessionId: 'test/phone',
      rootId: 'test/phone',
      parentId: undefined,
      snapshot: { status: 'active', value: 'Unprovisioned', context: { role: 'client', policyKey: '0' } },
    });
    const determined = messages.find((message) => 'event' in message && message.event.type === 'PolicyDetermined');
    expect(determined).toMatchObject({ sessionId: 'test/server/user@example.test/device0001', rootId: 'test/server' });
    const offer = messages.filter(({ sessionId }) => sessionId === 'test/phone').slice(7, 9);
    const fact = { type: 'PolicyOffered', policyKey: 'K1', policy: '3 elements', revision: null };
    expect(offer).toMatchObject([
      { type: '@xstate.event', event: fact, sourceId: 'test/phone/server', rootId: 'test/phone' },
      {
        type: '@xstate.snapshot',
        event: fact,
        snapshot: {
          status: 'active',
          value: 'Acknowledging',
          context: { policyKey: 'K1', pending: { kind: 'Policy', policy: '3 elements' } },
        },
      },
    ]);
  });

  test('show on both sides which keys are equal', async () => {
    const { messages } = await eightSteps();
    const keys = messages.flatMap((message) =>
      message.type === '@xstate.event' && 'policyKey' in message.event
        ? [`${message.event.type} ${message.event.policyKey}`]
        : [],
    );
    expect(keys).toContain('PolicyOffered K1');
    expect(keys.filter((key) => key.startsWith('PermanentKeyIssued'))).toEqual([
      'PermanentKeyIssued K2',
      'PermanentKeyIssued K2',
    ]);
    expect(keys.at(-1)).toBe('CommandAdmitted K2');
  });

  test.each(['client', 'server'] as const)(
    'are told alike of the %s, of a loop around step, and of an actor',
    async (role) => {
      const { of } = await eightSteps();
      const transitions = of(role);
      const told = (tell: (recorded: Recording) => void) => {
        const recorded = recording();
        tell(recorded);
        return plain(recorded.messages);
      };
      const adapter = told(({ inspector }) => {
        const take = inspector.attach('it', start(role));
        for (const transition of transitions) take(transition);
      });
      const loop = told(({ inspector }) => {
        let state = start(role);
        const take = inspector.attach('it', state);
        for (const { event } of transitions) {
          const [after, effects] = step(state, event);
          take({ before: state, event, after, effects });
          state = after;
        }
      });
      const actor = told(({ inspector }) => {
        const running = createActor(provisioningMachine, {
          id: 'it',
          input: { role, limits: defaultLimits[role] },
          inspect: inspector.actors,
        }).start();
        for (const { event } of transitions) running.send(event);
      });
      expect(loop).toEqual(adapter);
      expect(actor).toEqual(adapter);
    },
  );
});

describe('an actor', () => {
  test('is told as the machine is that is stepped, whatever happens', () => {
    fc.assert(
      fc.property(anyRole, walk(defaultLimits.client, 12), (role, events) => {
        const stepped = recording();
        const acted = recording();
        let state = start(role);
        const take = stepped.inspector.attach('it', state);
        const input = { role, limits: defaultLimits[role] };
        const running = createActor(provisioningMachine, { id: 'it', input, inspect: acted.inspector.actors }).start();
        for (const event of events) {
          const [after, effects] = step(state, event);
          take({ before: state, event, after, effects });
          state = after;
          running.send(event);
        }
        expect(plain(acted.messages)).toEqual(plain(stepped.messages));
      }),
      { numRuns: 60 },
    );
  });

  test('that ends is told to end; with actions of one’s own it is still the machine', () => {
    const { inspector, rows, messages } = recording();
    const machine = provisioningMachine.provide({ actions: { effect: () => {} } });
    const input = { role: 'client', limits: defaultLimits.client } as const;
    const actor = createActor(machine, { input, inspect: inspector.actors }).start();
    actor.send({ type: 'PolicyRequested' });
    actor.stop();
    expect(rows()).toContain('provisioning -> provisioning: server Send.InitialRequest');
    expect(messages.at(-1)).toMatchObject({ event: { type: 'xstate.stop' }, snapshot: { status: 'stopped' } });
  });
});

describe('the chart', () => {
  test('is the one that Stately’s own inspector sends of the actor, without what is no part of a chart', async () => {
    const sent = await new Promise<string | undefined>((resolve) => {
      const { inspect } = createInspector({
        send(message) {
          if (message.type === '@xstate.actor') resolve(message.definition);
        },
      });
      createActor(provisioningMachine, { input: { role: 'client', limits: defaultLimits.client }, inspect });
    });
    const { context: _, schemas: __, ...chart } = JSON.parse(sent ?? '');
    const { inspector, messages } = recording();
    inspector.client('phone');
    const [actor] = messages;
    const definition = actor?.type === '@xstate.actor' ? actor.definition : undefined;
    expect(JSON.parse(definition ?? '')).toEqual(chart);
    expect(definition).toContain('"guard":"concernsCurrentOffer"');
    expect(Object.keys(JSON.parse(definition ?? '').states)).toEqual(
      Object.keys(provisioningMachine.config.states ?? {}),
    );
  });
});

describe('an inspector', () => {
  test('tells of a state that no fact led to', () => {
    const { inspector, rows, messages } = recording();
    const take = inspector.attach('phone', start('client'));
    const [asked] = step(start('client'), { type: 'PolicyRequested' });
    const [again, effects] = step(asked, { type: 'ExchangeFailed', fault: 'Timeout' });
    take({ before: asked, event: { type: 'ExchangeFailed', fault: 'Timeout' }, after: again, effects });
    expect(rows().slice(3, 6)).toEqual([
      'phone = AwaitingPolicy',
      'phone: host -> phone ExchangeFailed',
      'phone = AwaitingPolicy',
    ]);
    expect(messages[3]).toMatchObject({ event: { type: 'Resumed' } });
    take({ before: structuredClone(again), event: { type: 'Reset' }, after: start('client'), effects: [] });
    expect(rows()).not.toContain('phone: host -> phone Resumed');
    expect(messages.filter((message) => 'event' in message && message.event.type === 'Resumed')).toHaveLength(1);
  });

  test('keeps apart what has one name, and takes for one device what differs in letter case', () => {
    const { inspector, rows } = recording();
    inspector.client('phone');
    inspector.client('phone');
    const take = inspector.server('server');
    const state = start('server');
    const transition = { before: state, event: { type: 'Reset' }, after: state, effects: [] } as const;
    for (const deviceId of ['A1', 'a1', 'B2']) take({ user: 'anna', deviceId }, transition);
    take({ user: 'berta', deviceId: 'A1' }, transition);
    const roots = rows().filter((row) => row.startsWith('+') && !row.includes(':'));
    expect(roots).toEqual([
      '+ phone',
      '+ phone (2)',
      '+ server',
      '+ anna/A1 < server',
      '+ anna/B2 < server',
      '+ berta/A1 < server',
    ]);
  });

  test('fails nobody, and tells nothing once it is stopped', () => {
    const { inspector, messages } = recording();
    const take = inspector.client('phone');
    const before = start('client');
    const transition = { before, event: { type: 'PolicyRequested' }, after: before, effects: [] } as const;
    inspector.stop();
    take(transition);
    expect(messages).toHaveLength(3);
    const failing = createProvisioningInspector({
      send() {
        throw new Error('no page');
      },
    });
    expect(() => failing.client('phone')(transition)).not.toThrow();
    // Not of this machine at all.
    const junk = { before, event: null, after: before, effects: [] } as unknown;
    expect(() => recording().inspector.client('phone')(junk as Transition<'client'>)).not.toThrow();
  });

  test('tells each fact there is from one line to another', () => {
    for (const role of ['client', 'server'] as const) {
      const { inspector, rows } = recording();
      for (const [place, event] of allFacts.entries()) {
        const before = start(role);
        const [after, effects] = step(before, event);
        inspector.attach(`side ${place}`, before)({ before, event, after, effects });
      }
      expect(rows().filter((row) => row.includes('?'))).toEqual([]);
    }
  });
});
