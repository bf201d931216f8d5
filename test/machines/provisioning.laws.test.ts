import fc from 'fast-check';
import { expect } from 'vitest';
import { facts, is, type ProvisioningEvent, type Role } from '../../machines/provisioning.events.js';
import { guards, rankOf } from '../../machines/provisioning.guards.js';
import { load, save } from '../../machines/provisioning.record.js';
import type { ProvisioningState } from '../../machines/provisioning.step.js';
import { anyFact, anyKey, anyRole, walk, walkAndFact } from '../support/arbitraries/facts.js';
import { edges, effect, guard, reach, update } from '../support/engine.js';
import { law } from '../support/law.js';

const limits = { attempts: 2, cycles: 1e6 };
const walks = walk(limits);
const ends = walkAndFact(limits);

law({
  promise: 'role-blind: the same facts lead both sides to the same state',
  holds: ({ step }) =>
    fc.property(walks, (events) => {
      let client: ProvisioningState = reach({ step }, [], 'client', limits);
      let server: ProvisioningState = reach({ step }, [], 'server', limits);
      for (const event of events) {
        [client] = step(client, event);
        [server] = step(server, event);
        expect(withoutRole(server)).toEqual(withoutRole(client));
      }
    }),
  mutants: {
    'a guard reads the role': guard(
      'carriesKey',
      (context, event) => guards.carriesKey(context, event) && context.role === 'client',
    ),
    'an update reads the role': update(
      'begin',
      (was) => (context, event) => (context.role === 'server' ? {} : was(context, event)),
    ),
  },
});

law({
  promise: 'pure: the same state and fact give the same answer, and neither is touched',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const state = reach(engine, events, role, limits);
      const before = JSON.stringify([state, event]);
      expect(engine.step(state, event)).toEqual(engine.step(state, event));
      expect(JSON.stringify([state, event])).toBe(before);
    }),
  mutants: {
    'an update writes to the memory it reads': update('countAttempt', () => (context) => {
      Object.assign(context, { attempts: context.attempts + 1 });
      return {};
    }),
  },
});

law({
  promise: 'durable: a state saved and loaded behaves as the state itself',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const state = reach(engine, events, role, limits);
      const loaded = load(JSON.parse(JSON.stringify(save(state))), role, limits);
      expect(loaded).toEqual({ ok: true, value: state });
      if (loaded.ok) expect(engine.step(loaded.value, event)).toEqual(engine.step(state, event));
    }),
  mutants: {
    'something is remembered that JSON cannot hold': update('countAttempt', () => () => ({ attempts: Number.NaN })),
    'an offer outlives its exchange': update('forgetOffer', () => () => ({ policyKey: '0' })),
  },
});

law({
  promise: 'only the author sends: a device puts only its own facts on the wire',
  holds: (engine) =>
    fc.property(ends, ([events, event]) => {
      const [, asked] = engine.step(reach(engine, events, 'client', limits), event);
      if (asked.some(({ type }) => type === 'Send'))
        expect(facts[event.type].author === 'client' || is(event, 'RetryDue')).toBe(true);
    }),
  mutants: {
    'an offer is acknowledged before it is applied': effect('offerPolicy', 'client', ({ policyKey }) => [
      { type: 'Send', request: { kind: 'PolicyAcknowledgment', policyKey, status: 1 }, policyKey, awaitsReply: true },
    ]),
  },
});

law({
  promise: 'no side does the work of the other',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const [, asked] = engine.step(reach(engine, events, role, limits), event);
      for (const { type } of asked) expect([...work[role], ...work.both]).toContain(type);
    }),
  mutants: {
    'a device answers itself': effect('waivePolicy', 'client', () => [
      { type: 'Respond', response: { kind: 'NoPolicyResponse' } },
    ]),
  },
});

law({
  promise: 'every request is answered or decided, exactly once',
  holds: (engine) =>
    fc.property(ends, ([events, event]) => {
      fc.pre(facts[event.type].author === 'client');
      const [, asked] = engine.step(reach(engine, events, 'server', limits), event);
      const decisions = asked.filter(({ type }) => ['Respond', 'LoadPolicy', 'JudgeAcknowledgment'].includes(type));
      expect(decisions).toHaveLength(1);
    }),
  mutants: {
    'a stale acknowledgment stays unanswered': effect('refuseAcknowledgment', 'server', () => []),
    'a repeated acknowledgment stays unanswered': effect('reissueKey', 'server', () => []),
  },
  runs: 1000,
});

law({
  promise: 'every decision is answered, exactly once',
  holds: (engine) =>
    fc.property(ends, anyFact, ([events, request], answer) => {
      const [state, asked] = engine.step(reach(engine, events, 'server', limits), request);
      const decision = asked.find(({ type }) => type === 'LoadPolicy' || type === 'JudgeAcknowledgment');
      fc.pre(decision !== undefined && decisions[decision.type as 'LoadPolicy'].includes(answer.type));
      fc.pre(!('policyKey' in answer) || (answer.policyKey !== '0' && answer.policyKey !== state.context.policyKey));
      const [, effects] = engine.step(state, answer);
      expect(effects.filter(({ type }) => type === 'Respond')).toHaveLength(1);
    }),
  mutants: {
    'no policy is not said': effect('waivePolicy', 'server', () => []),
    'a refusal is not said': effect('giveUp', 'server', () => []),
  },
  runs: 1000,
});

law({
  promise: 'only an acknowledged offer earns a permanent key (I1)',
  holds: (engine) =>
    fc.property(walks, anyRole, anyKey, (events, role, policyKey) => {
      const state = reach(engine, events, role, limits);
      const { pending } = state.context;
      const acknowledged = state.name === 'Acknowledging' && pending?.kind === 'Policy' && pending.status !== null;
      const isNew = policyKey !== '0' && policyKey !== state.context.policyKey;
      const [next] = engine.step(state, { type: 'PermanentKeyIssued', policyKey });
      expect(next !== state).toBe(acknowledged && isNew);
      if (next !== state) expect([next.name, next.context.policyKey]).toEqual(['Provisioned', policyKey]);
    }),
  mutants: {
    'a key comes without acknowledgment': guard('isAcknowledged', (context) => context.pending?.kind === 'Policy'),
    'the temporary key is made permanent': guard(
      'isAcknowledged',
      ({ pending }) => pending?.kind === 'Policy' && pending.status !== null,
    ),
  },
  runs: 1000,
});

law({
  promise: 'a wrong key never counts as an answer (I1)',
  holds: (engine) =>
    fc.property(walks, anyKey, (events, policyKey) => {
      const state = reach(engine, events, 'server', limits);
      fc.pre(policyKey !== state.context.policyKey || state.context.pending?.kind !== 'Policy');
      const status = policyKey === state.context.settledKey ? 3 : 1;
      expect(engine.step(state, { type: 'PolicyAcknowledged', policyKey, status })).toEqual([
        state,
        [{ type: 'Respond', response: { kind: 'RejectionResponse', scope: 'Policy', status: 5 } }],
      ]);
    }),
  mutants: {
    'any acknowledgment answers': guard('concernsCurrentOffer', ({ pending }) => pending?.kind === 'Policy'),
    'a refusal counts as a repetition': guard(
      'repeatsSettled',
      (context, event) => is(event, 'PolicyAcknowledged') && event.policyKey === context.settledKey,
    ),
  },
});

law({
  promise: 'an acknowledgment repeated because its answer was lost gets the same key again, and changes nothing',
  holds: (engine) =>
    fc.property(walks, (events) => {
      const state = reach(engine, events, 'server', limits);
      const { settledKey, policyKey } = state.context;
      fc.pre(settledKey !== null);
      expect(engine.step(state, { type: 'PolicyAcknowledged', policyKey: settledKey ?? '', status: 1 })).toEqual([
        state,
        [{ type: 'Respond', response: { kind: 'PermanentKeyResponse', policyKey } }],
      ]);
    }),
  mutants: { 'the repetition is a stranger': guard('repeatsSettled', () => false) },
});

law({
  promise: 'a stale key begins again, a refusal stops',
  holds: (engine) =>
    fc.property(walks, (events) => {
      const state = reach(engine, events, 'client', limits);
      fc.pre(state.name === 'AwaitingPolicy' || state.name === 'Acknowledging');
      expect(reported(engine.step(state, { type: 'ProvisionRejected', scope: 'Policy', status: 5 })[1])).toBe(
        'ReprovisionRequired',
      );
      expect(reported(engine.step(state, { type: 'ProvisionRejected', scope: 'Provision', status: 139 })[1])).toBe(
        'Failed',
      );
    }),
  mutants: {
    'a stale key is a refusal': guard('asksAnew', () => false),
    'a refusal begins again': guard('asksAnew', () => true),
  },
});

law({
  promise: 'a demand about another key changes nothing',
  holds: (engine) =>
    fc.property(walks, anyRole, anyKey, (events, role, policyKey) => {
      const state = reach(engine, events, role, limits);
      fc.pre(policyKey !== state.context.policyKey);
      const [next, asked] = engine.step(state, { type: 'ReprovisionRequired', policyKey, reason: 'PolicyRefresh' });
      expect(next).toBe(state);
      expect(asked).toEqual([]);
    }),
  mutants: { 'any demand concerns us': guard('concernsCurrentKey', () => true) },
});

law({
  promise: 'the current key is 0 unless a policy is offered or agreed (R618)',
  holds: (engine) =>
    fc.property(walks, anyRole, (events, role) => {
      const { name, context } = reach(engine, events, role, limits);
      if (context.policyKey !== '0') expect(name === 'Provisioned' || context.pending?.kind === 'Policy').toBe(true);
    }),
  mutants: { 'the key survives the fall': update('forgetOffer', () => () => ({ pending: null })) },
  runs: 1000,
});

law({
  promise: 'key 0 is neither offered nor issued (I14)',
  holds: (engine) =>
    fc.property(walks, (events) => {
      const state = reach(engine, events, 'client', limits);
      for (const event of zeroKeys) expect(engine.step(state, event)[0]).toBe(state);
    }),
  mutants: { 'any key is a key': guard('carriesKey', () => true) },
});

law({
  promise: 'a wipe only answers a directive of its own scope (I5)',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const state = reach(engine, events, role, limits);
      const [next, asked] = engine.step(state, event);
      const wipes = asked.flatMap((asking) =>
        asking.type === 'Wipe' || asking.type === 'RecordWipe' ? [asking.scope] : [],
      );
      const { pending } = state.context;
      for (const scope of wipes) expect(pending).toEqual({ kind: 'Wipe', scope });
      if (is(event, 'WipeAcknowledged') && pending?.kind !== 'Wipe') expect(next).toBe(state);
    }),
  mutants: {
    'a wipe needs no directive': guard(
      'isWiped',
      (_context, event) => is(event, 'WipeAcknowledged') && event.status === 1,
    ),
    'any scope will do': guard(
      'isWiped',
      ({ pending }, event) => pending?.kind === 'Wipe' && is(event, 'WipeAcknowledged') && event.status === 1,
    ),
  },
  runs: 1000,
});

law({
  promise: 'a wipe outranks everything: a demand for it is only forgotten when the server moves on or it is done (I5)',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const state = reach(engine, events, role, limits);
      const [next] = engine.step(state, event);
      if (rankOf(next.context.reason) < rankOf(state.context.reason))
        expect(['WipeDirected', 'WipeCancelled', ...ending]).toContain(event.type);
      if (is(event, 'WipeAcknowledged') && event.status === 2) expect(next.context.reason).toBe(state.context.reason);
    }),
  mutants: {
    'a lesser reason overwrites it': update(
      'keepReason',
      (was) => (context, event) => was({ ...context, reason: null }, event),
    ),
    'a failed wipe counts as done': edges('Acknowledging', 'WipeAcknowledged', [
      { guard: 'isNotWiped', target: 'Unprovisioned', actions: ['forgetAll', 'completeWipe'] },
    ]),
  },
  runs: 1000,
});

law({
  promise: 'nothing is awaited once wiping (R645, R64505)',
  holds: (engine) =>
    fc.property(ends, ([events, event]) => {
      const [, asked] = engine.step(reach(engine, events, 'client', limits), event);
      if (asked.some(({ type }) => type === 'Wipe')) {
        for (const asking of asked) if (asking.type === 'Send') expect(asking.awaitsReply).toBe(false);
      }
    }),
  mutants: {
    'the wipe waits for a reply': effect('completeWipe', 'client', (context, event) =>
      is(event, 'WipeAcknowledged')
        ? [
            {
              type: 'Send',
              request: { kind: 'WipeAcknowledgment', scope: event.scope, status: 1 },
              policyKey: context.policyKey,
              awaitsReply: true,
            },
            { type: 'Wipe', scope: event.scope },
          ]
        : [],
    ),
  },
  runs: 1000,
});

law({
  promise: 'a retry, or a start after a crash, repeats the one thing owed',
  holds: (engine) =>
    fc.property(walks, (events) => {
      const state = reach(engine, events, 'client', limits);
      fc.pre(state.name === 'AwaitingPolicy' || state.name === 'Acknowledging');
      const { cycles: cycle, attempts: attempt } = state.context;
      const [next, asked] = engine.step(state, { type: 'RetryDue', cycle, attempt });
      expect(next).toBe(state);
      expect(asked).toHaveLength(1);
      expect(['Send', 'ApplyPolicy', 'ConfirmWipe']).toContain(asked[0]?.type);
    }),
  mutants: {
    'a retry under a directive does nothing': edges('Acknowledging', 'RetryDue', [
      { guard: 'concernsCurrentOffer', actions: 'repeat' },
    ]),
  },
});

law({
  promise: 'a late timer is harmless',
  holds: (engine) =>
    fc.property(walks, anyRole, fc.nat(4), fc.nat(3), anyKey, (events, role, cycle, attempt, policyKey) => {
      const state = reach(engine, events, role, limits);
      const { context } = state;
      fc.pre(cycle !== context.cycles || attempt !== context.attempts);
      expect(engine.step(state, { type: 'RetryDue', cycle, attempt })).toEqual([state, []]);
      if (policyKey !== context.policyKey || context.pending?.kind !== 'Policy')
        expect(engine.step(state, { type: 'OfferExpired', policyKey })).toEqual([state, []]);
    }),
  mutants: {
    'any timer is ours': guard('concernsCurrentTry', () => true),
    'any offer expires': guard('concernsCurrentOffer', () => true),
  },
});

law({
  promise: 'a demand that never ends is given up, after exactly as many exchanges as the limit says (I6)',
  holds: ({ step }) =>
    fc.property(fc.nat(6), (cycles) => {
      let state = reach({ step }, settle('1'), 'client', { attempts: 1, cycles });
      [state] = step(state, { type: 'CommandAdmitted', policyKey: '1' });
      let begun = 0;
      for (let round = 0; round < cycles + 3; round++) {
        [state] = step(state, {
          type: 'ReprovisionRequired',
          policyKey: state.context.policyKey,
          reason: 'Unspecified',
        });
        [state] = step(state, { type: 'PolicyRequested' });
        if (state.name !== 'AwaitingPolicy') break;
        begun++;
        for (const event of settle(`9${round}`).slice(1)) [state] = step(state, event);
      }
      expect([begun, state.name, state.context.failure]).toEqual([
        cycles,
        'NeedsReprovision',
        { kind: 'ReprovisionLoop', cycles },
      ]);
    }),
  mutants: {
    'cycles are not counted': update('begin', (was) => (context, event) => ({
      ...was(context, event),
      cycles: context.cycles,
    })),
    'a fresh key clears the count': update('keepKey', (was) => (context, event) => ({
      ...was(context, event),
      cycles: 0,
    })),
  },
});

law({
  promise: 'what time may mend is tried again as often as the limit says, then given up (I6)',
  holds: ({ step }) =>
    fc.property(fc.nat(5), fc.constantFrom(...transient), (attempts, fault) => {
      let [state] = step(reach({ step }, [], 'client', { attempts, cycles: 3 }), { type: 'PolicyRequested' });
      let tries = 1;
      for (; state.name === 'AwaitingPolicy' && tries < 20; tries++) {
        const [waiting, [timer]] = step(state, fault);
        state = timer?.type === 'StartTimer' ? step(waiting, timer.event)[0] : waiting;
      }
      expect([tries - 1, state.name]).toEqual([attempts + 1, 'NeedsReprovision']);
    }),
  mutants: {
    'tries are not counted': update('countAttempt', () => () => ({})),
    'nothing is tried again': guard('canRetry', () => false),
  },
});

law({
  promise: 'a changed policy ends the agreement, the same one and none at all do not (I4, I8)',
  holds: (engine) =>
    fc.property(walks, fc.constantFrom('r1', 'r2', null), (events, revision) => {
      const state = reach(engine, events, 'server', limits);
      const { pending } = state.context;
      const known = pending?.kind === 'Policy' ? pending.revision : state.context.revision;
      const holding = state.name === 'Provisioned' || pending?.kind === 'Policy';
      const [next] = engine.step(state, { type: 'PolicyDetermined', revision });
      expect(next !== state).toBe(holding && revision !== null && revision !== known);
      if (next !== state) expect([next.name, next.context.reason]).toEqual(['NeedsReprovision', 'InvalidPolicyKey']);
    }),
  mutants: {
    'an agreed policy is never looked at again': guard('differsFromAgreed', () => false),
    'an offer of an old policy may still be settled': guard('differsFromOffered', () => false),
    'no policy is a change': guard(
      'differsFromAgreed',
      (context, event) => is(event, 'PolicyDetermined') && event.revision !== context.revision,
    ),
  },
  runs: 1000,
});

law({
  promise:
    'a change that may wait leaves an agreement as it is, and an offer not; the demand comes with the timer (I4)',
  holds: (engine) =>
    fc.property(walks, fc.constantFrom('r1', 'r2', null), (events, revision) => {
      const state = reach(engine, events, 'server', limits);
      const [now] = engine.step(state, { type: 'PolicyDetermined', revision });
      const [next, asked] = engine.step(state, { type: 'PolicyDetermined', revision, mayWait: true });
      if (state.name !== 'Provisioned') expect(next).toEqual(now);
      else {
        expect(next).toBe(state);
        expect(asked.length).toBe(now === state ? 0 : 1);
        for (const effect of asked) {
          expect(effect.type === 'StartTimer' && engine.step(state, effect.event)[0]).toEqual(now);
        }
      }
    }),
  mutants: {
    'a change never waits': guard('mayDifferForNow', () => false),
    'an agreement waits without need': guard('mayDifferForNow', (_context, event) => is(event, 'PolicyDetermined')),
  },
});

law({
  promise: 'a cancelled wipe is neither announced nor directed any more, and nothing else is cancelled (I5)',
  holds: (engine) =>
    fc.property(walks, (events) => {
      const state = reach(engine, events, 'server', limits);
      const isDemanded = ['RemoteWipeRequested', 'AccountOnlyRemoteWipeRequested'].includes(state.context.reason ?? '');
      const [next] = engine.step(state, { type: 'WipeCancelled' });
      if (!isDemanded) expect(next).toBe(state);
      else {
        const { reason, pending, policyKey, failure } = next.context;
        expect([next.name, reason, pending, policyKey, failure]).toEqual(['NeedsReprovision', null, null, '0', null]);
      }
    }),
  mutants: {
    'an order stands though it was cancelled': guard('isWipeDemanded', () => false),
    'a cancelled wipe is still announced': update('forgetWipe', () => () => ({ policyKey: '0', pending: null })),
    'whatever was agreed is cancelled': guard('isWipeDemanded', () => true),
  },
});

law({
  promise: 'told of no policy after an acknowledgment, only a device that applied it goes on without one (I3, I8)',
  holds: (engine) =>
    fc.property(walks, anyRole, (events, role) => {
      const state = reach(engine, events, role, limits);
      fc.pre(state.name === 'Acknowledging');
      const { pending } = state.context;
      const [next] = engine.step(state, { type: 'PolicyNotDefined' });
      const acknowledged = pending?.kind === 'Policy' ? pending.status : null;
      if (acknowledged === null) expect(next).toBe(state);
      else if (acknowledged === 1) expect([next.name, next.context.policyKey]).toEqual(['Provisioned', '0']);
      else {
        const failure = { kind: 'Rejected', scope: 'Policy', status: 2 };
        expect([next.name, next.context.failure]).toEqual(['NeedsReprovision', failure]);
      }
    }),
  mutants: {
    'a policy that was not applied ends as none': guard(
      'isApplied',
      ({ pending }) => pending?.kind === 'Policy' && pending.status !== null,
    ),
    'a policy that was applied is a failure': guard('isApplied', () => false),
    'what was not applied stays offered': guard('isNotApplied', () => false),
  },
  runs: 1000,
});

law({
  promise: 'an admitted command under a settled agreement changes nothing, so nothing is stored',
  holds: (engine) =>
    fc.property(walks, anyRole, (events, role) => {
      const state = reach(engine, events, role, limits);
      const event = { type: 'CommandAdmitted', policyKey: state.context.policyKey } as const;
      const [once] = engine.step(state, event);
      expect(engine.step(once, event)[0]).toBe(once);
    }),
  mutants: {
    'every command is counted': update('forgetCycles', () => ({ cycles }) => ({ cycles: cycles + 1 })),
  },
});

law({
  promise: 'a violation changes nothing and names whose it is',
  holds: (engine) =>
    fc.property(ends, anyRole, ([events, event], role) => {
      const state = reach(engine, events, role, limits);
      const [next, asked] = engine.step(state, event);
      for (const asking of asked) {
        if (asking.type !== 'Report' || asking.outcome.kind !== 'Violation') continue;
        expect(next).toBe(state);
        const { author } = facts[event.type];
        expect(asking.outcome).toEqual({
          kind: 'Violation',
          event: event.type,
          fault: author === role ? 'local' : author,
        });
      }
    }),
  mutants: {
    'a violation moves the state': edges('*', '*', [{ target: '.Unprovisioned', actions: 'reportViolation' }]),
    'the innocent is to blame': effect('reportViolation', 'client', (_context, event) => [
      { type: 'Report', outcome: { kind: 'Violation', event: event.type, fault: 'local' } },
    ]),
  },
});

const work: Readonly<Record<Role | 'both', readonly string[]>> = {
  client: ['Send', 'ApplyPolicy', 'ConfirmWipe', 'Wipe'],
  server: ['Respond', 'LoadPolicy', 'JudgeAcknowledgment', 'RecordWipe'],
  both: ['StorePolicyKey', 'StartTimer', 'Report'],
};

const decisions: Readonly<Record<'LoadPolicy' | 'JudgeAcknowledgment', readonly string[]>> = {
  LoadPolicy: ['PolicyOffered', 'PolicyNotDefined', 'WipeDirected', 'WipeNotDirected', 'ProvisionRejected'],
  JudgeAcknowledgment: ['PermanentKeyIssued', 'ProvisionRejected'],
};

/** The facts by which a demand for a wipe ends: it is done, reset, or the server offers something else. */
const ending = [
  'WipeAcknowledged',
  'Reset',
  'PolicyOffered',
  'PolicyNotDefined',
  'WipeNotDirected',
  'PermanentKeyIssued',
];

const zeroKeys = [
  { type: 'PolicyOffered', policyKey: '0', policy: {}, revision: 'r1' },
  { type: 'PermanentKeyIssued', policyKey: '0' },
] as const satisfies readonly ProvisioningEvent[];

const transient = [
  { type: 'ExchangeFailed', fault: 'Network' },
  { type: 'ExchangeFailed', fault: 'Timeout' },
  { type: 'ProvisionRejected', scope: 'Http', status: 503 },
  { type: 'ProvisionRejected', scope: 'Provision', status: 3 },
  { type: 'ProvisionRejected', scope: 'Provision', status: 111 },
] as const satisfies readonly ProvisioningEvent[];

function settle(policyKey: string): readonly ProvisioningEvent[] {
  return [
    { type: 'PolicyRequested' },
    { type: 'PolicyOffered', policyKey: 't', policy: {}, revision: 'r1' },
    { type: 'PolicyAcknowledged', policyKey: 't', status: 1 },
    { type: 'PermanentKeyIssued', policyKey },
  ];
}

function withoutRole({ name, context: { role: _role, ...memory } }: ProvisioningState) {
  return { name, memory };
}

function reported(
  asked: readonly { readonly type: string; readonly outcome?: { readonly kind: string } }[],
): string | undefined {
  return asked.find(({ type }) => type === 'Report')?.outcome?.kind;
}
