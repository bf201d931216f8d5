import { describe, expect, test } from 'vitest';
import { cleanMemory, type Pending, type ProvisioningContext } from '../../machines/provisioning.context.js';
import { type Effect, effects, type Step } from '../../machines/provisioning.effects.js';
import type { ProvisioningEvent, Role } from '../../machines/provisioning.events.js';
import { allFacts } from '../support/arbitraries/facts.js';

const policy = { MinDevicePasswordLength: 6 };
const offered: Pending = { kind: 'Policy', policy, revision: 'r1', status: null };
const directed: Pending = { kind: 'Wipe', scope: 'account', status: null };
const failure = { kind: 'OfferExpired' } as const;

const sent = (request: object, policyKey = '0', awaitsReply = true) => ({
  type: 'Send',
  request,
  policyKey,
  awaitsReply,
});
const initial = sent({ kind: 'InitialRequest' });
const wipeAcknowledged = (status: 1 | 2) => sent({ kind: 'WipeAcknowledgment', scope: 'account', status }, '0', false);
const respond = (response: object) => ({ type: 'Respond', response });
const stored = (policyKey: string) => ({ type: 'StorePolicyKey', policyKey });
const reported = (outcome: object) => ({ type: 'Report', outcome });
const load = (reason: string | null) => ({ type: 'LoadPolicy', reason });
const rejection = respond({ kind: 'RejectionResponse', scope: 'Http', status: 503 });
const recorded = respond({ kind: 'WipeRecordedResponse', scope: 'account', status: 1 });
const violated = (event: string, fault: string) => reported({ kind: 'Violation', event, fault });

const asked: ProvisioningEvent = { type: 'PolicyRequested' };
const acknowledged: ProvisioningEvent = { type: 'PolicyAcknowledged', policyKey: '11', status: 2 };
const rejected: ProvisioningEvent = { type: 'ProvisionRejected', scope: 'Http', status: 503 };
const wiped: ProvisioningEvent = { type: 'WipeAcknowledged', scope: 'account', status: 1 };
const notWiped: ProvisioningEvent = { type: 'WipeAcknowledged', scope: 'account', status: 2 };
const completed: ProvisioningEvent = { type: 'WipeCompleted', scope: 'account' };
const issued: ProvisioningEvent = { type: 'PermanentKeyIssued', policyKey: '22' };
const determined: ProvisioningEvent = { type: 'PolicyDetermined', revision: 'r2', mayWait: true };

type Row = readonly [Step, Partial<ProvisioningContext>, ProvisioningEvent, readonly object[], readonly object[]];

/** What was remembered, what came, what is asked of the client, and of the server (MS-ASPROV 3.1.5.1, 3.2.5.1). */
const rows: readonly Row[] = [
  ['requestPolicy', { reason: 'PolicyRefresh' }, asked, [initial], [load('PolicyRefresh')]],
  [
    'requestPolicy',
    { reason: 'RemoteWipeRequested' },
    asked,
    [sent({ kind: 'EmptyRequest' })],
    [load('RemoteWipeRequested')],
  ],
  ['requestPolicy', { reason: 'RemoteWipeRequested', attempts: 1 }, asked, [initial], [load('RemoteWipeRequested')]],
  ['reloadPolicy', {}, asked, [], [load(null)]],
  [
    'offerPolicy',
    { pending: offered, policyKey: '11' },
    asked,
    [{ type: 'ApplyPolicy', policy, policyKey: '11' }],
    [
      stored('11'),
      respond({ kind: 'PolicyResponse', policyKey: '11', policy }),
      { type: 'StartTimer', event: { type: 'OfferExpired', policyKey: '11' } },
    ],
  ],
  [
    'waivePolicy',
    {},
    { type: 'PolicyNotDefined' },
    [stored('0'), reported({ kind: 'Provisioned', policyKey: '0' })],
    [stored('0'), respond({ kind: 'NoPolicyResponse' }), reported({ kind: 'Provisioned', policyKey: '0' })],
  ],
  [
    'acknowledgePolicy',
    { pending: { ...offered, status: 2 }, policyKey: '11' },
    acknowledged,
    [sent({ kind: 'PolicyAcknowledgment', policyKey: '11', status: 2 }, '11')],
    [{ type: 'JudgeAcknowledgment', status: 2 }],
  ],
  [
    'issueKey',
    { policyKey: '22' },
    issued,
    [stored('22'), reported({ kind: 'Provisioned', policyKey: '22' })],
    [
      stored('22'),
      respond({ kind: 'PermanentKeyResponse', policyKey: '22' }),
      reported({ kind: 'Provisioned', policyKey: '22' }),
    ],
  ],
  [
    'reissueKey',
    { policyKey: '22' },
    acknowledged,
    [violated('PolicyAcknowledged', 'local')],
    [respond({ kind: 'PermanentKeyResponse', policyKey: '22' })],
  ],
  [
    'directWipe',
    { pending: directed },
    { type: 'WipeDirected', scope: 'account' },
    [{ type: 'ConfirmWipe', scope: 'account' }],
    [respond({ kind: 'WipeResponse', scope: 'account' })],
  ],
  [
    'denyDirective',
    {},
    { type: 'WipeNotDirected' },
    [reported({ kind: 'ReprovisionRequired', reason: 'Unspecified' })],
    [respond({ kind: 'NoWipeResponse' })],
  ],
  [
    'acknowledgeWipe',
    { pending: { ...directed, status: 1 } },
    wiped,
    [wipeAcknowledged(1), { type: 'Wipe', scope: 'account' }],
    [{ type: 'RecordWipe', scope: 'account', status: 1 }],
  ],
  [
    'completeWipe',
    {},
    completed,
    [stored('0'), reported({ kind: 'Wiped', scope: 'account' })],
    [stored('0'), recorded],
  ],
  [
    'failWipe',
    { failure },
    notWiped,
    [wipeAcknowledged(2), reported({ kind: 'Failed', failure })],
    [
      { type: 'RecordWipe', scope: 'account', status: 2 },
      stored('0'),
      respond({ kind: 'WipeRecordedResponse', scope: 'account', status: 2 }),
    ],
  ],
  [
    'scheduleRetry',
    { cycles: 2, attempts: 1 },
    rejected,
    [{ type: 'StartTimer', event: { type: 'RetryDue', cycle: 2, attempt: 1 } }],
    [rejection],
  ],
  ['repeat', {}, { type: 'RetryDue', cycle: 0, attempt: 0 }, [initial], []],
  [
    'giveUp',
    { failure },
    rejected,
    [reported({ kind: 'Failed', failure })],
    [rejection, reported({ kind: 'Failed', failure })],
  ],
  ['giveUp', {}, issued, [], []],
  [
    'demandReprovision',
    { reason: 'PolicyRefresh' },
    rejected,
    [reported({ kind: 'ReprovisionRequired', reason: 'PolicyRefresh' })],
    [stored('0'), rejection],
  ],
  ['scheduleDemand', {}, determined, [], [{ type: 'StartTimer', event: { type: 'PolicyDetermined', revision: 'r2' } }]],
  ['reset', {}, { type: 'Reset' }, [stored('0')], [stored('0')]],
  [
    'refuseAcknowledgment',
    {},
    acknowledged,
    [violated('PolicyAcknowledged', 'local')],
    [respond({ kind: 'RejectionResponse', scope: 'Policy', status: 5 })],
  ],
  [
    'refuseWipeAcknowledgment',
    {},
    wiped,
    [violated('WipeAcknowledged', 'local')],
    [violated('WipeAcknowledged', 'client'), respond({ kind: 'NoWipeResponse' })],
  ],
  [
    'reportViolation',
    {},
    asked,
    [violated('PolicyRequested', 'local')],
    [violated('PolicyRequested', 'client'), respond({ kind: 'RejectionResponse', scope: 'Provision', status: 2 })],
  ],
  [
    'reportViolation',
    {},
    issued,
    [violated('PermanentKeyIssued', 'server')],
    [violated('PermanentKeyIssued', 'local')],
  ],
  ['reportViolation', {}, completed, [violated('WipeCompleted', 'local')], [violated('WipeCompleted', 'local')]],
];

describe('each step asks', () => {
  test.each(rows)('%s, remembering %j, at %j', (step, remembered, event, ofClient, ofServer) => {
    expect(effects[step].client(memory('client', remembered), event)).toEqual(ofClient);
    expect(effects[step].server(memory('server', remembered), event)).toEqual(ofServer);
  });

  test('and every step has a row', () => {
    expect(new Set(rows.map(([step]) => step))).toEqual(new Set(Object.keys(effects)));
  });
});

test('a step asks for nothing but what there is, also of a fact and a memory that no edge brings to it', () => {
  const types = new Set(rows.flatMap((row) => [...row[3], ...row[4]]).map((effect) => (effect as Effect).type));
  for (const [step, role] of Object.keys(effects).flatMap((step) => [
    [step, 'client'] as const,
    [step, 'server'] as const,
  ]))
    for (const pending of [null, offered, directed])
      for (const event of allFacts)
        for (const effect of effects[step as Step][role](memory(role, { pending }), event)) {
          expect(types).toContain(effect.type);
          expect(JSON.parse(JSON.stringify(effect))).toStrictEqual(effect);
        }
});

function memory(role: Role, remembered: Partial<ProvisioningContext>): ProvisioningContext {
  return { role, limits: { attempts: 3, cycles: 3 }, ...cleanMemory, ...remembered };
}
