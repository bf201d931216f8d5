/** Whoever asks is answered, once; and what an answer says is heeded. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Effect } from '../../../machines/provisioning.effects.js';
import { facts } from '../../../machines/provisioning.events.js';
import { anyFact } from '../../support/arbitraries/facts.js';
import { effect, guard, reach } from '../../support/engine.js';
import { type Law, law } from '../../support/law.js';
import { ends, isConfirmed, limits, walks } from './runs.js';

export const answerLaws: readonly Law[] = [
  law({
    promise: 'every request is answered or decided, exactly once',
    holds: (engine) =>
      fc.property(ends, ([events, event]) => {
        fc.pre(facts[event.type].author === 'client');
        const [, asked] = engine.step(reach(engine, events, 'server', limits), event);
        expect(asked.filter((asking) => asking.type === 'Respond' || isDecision(asking))).toHaveLength(1);
      }),
    mutants: {
      'a stale acknowledgment stays unanswered': effect('refuseAcknowledgment', 'server', () => []),
      'a repeated acknowledgment stays unanswered': effect('reissueKey', 'server', () => []),
    },
    runs: 1000,
  }),
  law({
    promise: 'every decision is answered, exactly once',
    holds: (engine) =>
      fc.property(ends, anyFact, ([events, request], answer) => {
        const before = reach(engine, events, 'server', limits);
        // No request is read while a wipe is being recorded.
        fc.pre(!isConfirmed(before));
        const [state, asked] = engine.step(before, request);
        const decision = asked.find(isDecision);
        fc.pre(decision !== undefined && decisions[decision.type].includes(answer.type));
        fc.pre(decision?.type !== 'RecordWipe' || ('scope' in answer && answer.scope === decision.scope));
        fc.pre(!('policyKey' in answer) || (answer.policyKey !== '0' && answer.policyKey !== state.context.policyKey));
        const [, effects] = engine.step(state, answer);
        expect(effects.filter(({ type }) => type === 'Respond')).toHaveLength(1);
      }),
    mutants: {
      'no policy is not said': effect('waivePolicy', 'server', () => []),
      'a refusal is not said': effect('giveUp', 'server', () => []),
      'a recorded wipe is not said': effect('completeWipe', 'server', () => []),
    },
    runs: 1000,
  }),
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
  }),
];

type Decision = Extract<Effect, { readonly type: 'LoadPolicy' | 'JudgeAcknowledgment' | 'RecordWipe' }>;

/** A failed wipe is recorded and answered at once. */
function isDecision(asking: Effect): asking is Decision {
  return asking.type in decisions && !(asking.type === 'RecordWipe' && asking.status === 2);
}

const decisions: Readonly<Record<Decision['type'], readonly string[]>> = {
  LoadPolicy: ['PolicyOffered', 'PolicyNotDefined', 'WipeDirected', 'WipeNotDirected', 'ProvisionRejected'],
  JudgeAcknowledgment: ['PermanentKeyIssued', 'ProvisionRejected'],
  RecordWipe: ['WipeCompleted'],
};

function reported(
  asked: readonly { readonly type: string; readonly outcome?: { readonly kind: string } }[],
): string | undefined {
  return asked.find(({ type }) => type === 'Report')?.outcome?.kind;
}
