/** Facts and walks of them. Two picks in three are likely in the state reached, so that walks get deep. */
import fc from 'fast-check';
import type { Limits, ProvisioningContext } from '../../../machines/provisioning.context.js';
import { type ProvisioningEvent, type Role, reprovisionReasons } from '../../../machines/provisioning.events.js';
import type { ProvisioningState } from '../../../machines/provisioning.step.js';
import { begin, shipped } from '../engine.js';

export const keys = ['0', '11', '22', '33'] as const;
export const revisions = [null, 'r1', 'r2'] as const;

const refusals = [
  ['Http', 401],
  ['Http', 449],
  ['Http', 503],
  ['Provision', 2],
  ['Provision', 3],
  ['Provision', 139],
  ['Provision', 140],
  ['Provision', 142],
  ['Provision', 143],
  ['Provision', 144],
  ['Policy', 3],
  ['Policy', 5],
] as const;

/** Every fact there is, over a small alphabet of keys, revisions, statuses and counters. */
export const allFacts: readonly ProvisioningEvent[] = [
  { type: 'PolicyRequested' },
  { type: 'PolicyNotDefined' },
  { type: 'WipeNotDirected' },
  { type: 'WipeCancelled' },
  { type: 'Reset' },
  ...(['device', 'account'] as const).flatMap((scope): ProvisioningEvent[] => [
    { type: 'WipeDirected', scope },
    { type: 'WipeAcknowledged', scope, status: 1 },
    { type: 'WipeAcknowledged', scope, status: 2 },
    { type: 'WipeCompleted', scope },
  ]),
  ...keys.flatMap((policyKey): ProvisioningEvent[] => [
    { type: 'PolicyOffered', policyKey, policy: {}, revision: 'r1' },
    { type: 'PolicyOffered', policyKey, policy: {}, revision: 'r2' },
    { type: 'PermanentKeyIssued', policyKey },
    { type: 'CommandAdmitted', policyKey },
    { type: 'OfferExpired', policyKey },
    { type: 'PolicyAcknowledged', policyKey, status: 1 },
    { type: 'PolicyAcknowledged', policyKey, status: 3 },
    ...reprovisionReasons.map((reason) => ({ type: 'ReprovisionRequired', policyKey, reason }) as const),
  ]),
  ...revisions.flatMap((revision) => [
    { type: 'PolicyDetermined', revision } as const,
    { type: 'PolicyDetermined', revision, mayWait: true } as const,
  ]),
  ...refusals.map(([scope, status]) => ({ type: 'ProvisionRejected', scope, status }) as const),
  ...(['Network', 'Timeout', 'Malformed', 'Aborted'] as const).map(
    (fault) => ({ type: 'ExchangeFailed', fault }) as const,
  ),
  ...[0, 1, 2].flatMap((cycle) => [0, 1, 2].map((attempt) => ({ type: 'RetryDue', cycle, attempt }) as const)),
];

export const anyFact: fc.Arbitrary<ProvisioningEvent> = fc.constantFrom(...allFacts);
const anyPick = fc.noBias(fc.nat(5999));
export const anyRole: fc.Arbitrary<Role> = fc.constantFrom('client', 'server');
export const anyKey = fc.constantFrom(...keys);

/** Facts that make sense next. */
function likely({ name, context }: ProvisioningState): readonly ProvisioningEvent[] {
  const { policyKey, settledKey, cycles, attempts } = context;
  switch (name) {
    case 'AwaitingPolicy':
      return [
        { type: 'PolicyOffered', policyKey: '11', policy: {}, revision: 'r1' },
        { type: 'WipeDirected', scope: 'device' },
        { type: 'PolicyOffered', policyKey: '22', policy: {}, revision: 'r2' },
        { type: 'WipeDirected', scope: 'account' },
        { type: 'ExchangeFailed', fault: 'Network' },
        { type: 'RetryDue', cycle: cycles, attempt: attempts },
      ];
    case 'Acknowledging':
      return offered(context);
    case 'Provisioned':
      return [
        { type: 'ReprovisionRequired', policyKey, reason: 'PolicyRefresh' },
        { type: 'PolicyAcknowledged', policyKey: settledKey ?? policyKey, status: 1 },
        { type: 'CommandAdmitted', policyKey },
        { type: 'ReprovisionRequired', policyKey, reason: 'RemoteWipeRequested' },
      ];
    default:
      return [{ type: 'PolicyRequested' }];
  }
}

function offered({ pending, policyKey }: ProvisioningContext): readonly ProvisioningEvent[] {
  if (pending?.kind === 'Wipe' && pending.status === 1) {
    return [
      { type: 'WipeCompleted', scope: pending.scope },
      { type: 'PolicyRequested' },
      { type: 'WipeDirected', scope: pending.scope },
    ];
  }
  if (pending?.kind === 'Wipe') {
    return [
      { type: 'WipeAcknowledged', scope: pending.scope, status: 1 },
      { type: 'WipeAcknowledged', scope: pending.scope, status: 2 },
      { type: 'ExchangeFailed', fault: 'Timeout' },
    ];
  }
  if (pending?.status === null) {
    return [
      { type: 'PolicyAcknowledged', policyKey, status: 1 },
      { type: 'PolicyAcknowledged', policyKey, status: 2 },
      { type: 'WipeDirected', scope: 'device' },
    ];
  }
  return [
    { type: 'PermanentKeyIssued', policyKey: '33' },
    { type: 'PermanentKeyIssued', policyKey: '22' },
    { type: 'ExchangeFailed', fault: 'Timeout' },
  ];
}

/** A run of facts that the shipped machine could live through. */
export function walk(limits: Limits, maxLength = 25): fc.Arbitrary<readonly ProvisioningEvent[]> {
  return fc.array(fc.tuple(anyPick, anyFact), { maxLength, size: 'max' }).map((picks) => {
    let state: ProvisioningState = begin('client', limits);
    return picks.map(([pick, any]) => {
      const next = likely(state);
      const event = pick % 3 === 0 ? any : next[Math.floor(pick / 3) % next.length]!;
      [state] = shipped.step(state, event);
      return event;
    });
  });
}

/** A run, and a fact to end it that is as likely to matter as not. */
export function walkAndFact(limits: Limits): fc.Arbitrary<readonly [readonly ProvisioningEvent[], ProvisioningEvent]> {
  return fc.tuple(walk(limits), anyPick, anyFact).map(([events, pick, any]) => {
    const next = likely(events.reduce((state, event) => shipped.step(state, event)[0], begin('client', limits)));
    return [events, pick % 2 === 0 ? any : next[Math.floor(pick / 2) % next.length]!] as const;
  });
}
