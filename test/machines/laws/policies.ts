/** A policy changes, waits, or is taken away. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { noAgreement } from '../../../machines/provisioning.context.js';
import { is } from '../../../machines/provisioning.events.js';
import { anyRole } from '../../support/arbitraries/facts.js';
import { edges, guard, reach, update } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { limits, toAcknowledgment, toRequest, walks } from './runs.js';

export const policyLaws: readonly Law[] = [
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
  }),
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
  }),
  law({
    promise: 'told of no policy after an acknowledgment, only a device that applied it goes on without one (I3, I8)',
    holds: (engine) =>
      fc.property(toAcknowledgment, anyRole, (events, role) => {
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
  }),

  law({
    promise: 'told of no policy before any was offered, both sides go on without one (I8)',
    holds: (engine) =>
      fc.property(toRequest, anyRole, (events, role) => {
        const state = reach(engine, events, role, limits);
        fc.pre(state.name === 'AwaitingPolicy');
        expect(engine.step(state, { type: 'PolicyNotDefined' })[0]).toEqual({
          name: 'Provisioned',
          context: { ...state.context, ...noAgreement, reason: null, failure: null },
        });
      }),
    mutants: {
      'no policy is a failure': edges('AwaitingPolicy', 'PolicyNotDefined', [
        { target: 'NeedsReprovision', actions: ['keepNoKey', 'waivePolicy'] },
      ]),
      'the demand for one stays': update('keepNoKey', () => () => noAgreement),
    },
  }),
];
