/** One fact, and all it leads to, through the machine: pure, so that it can be explored as it ships. */
import {
  type Outcome,
  type ProvisioningEvent,
  type ProvisionResponse,
  type ServerEffect,
  step,
  type Transition,
} from '../../machines/index.js';
import type { DeviceRecord } from './record.js';

type EffectNamed<T extends ServerEffect['type']> = Extract<ServerEffect, { readonly type: T }>;

/** The server's decisions that are not the machine's: each answers an effect with the fact that follows. */
export interface ExchangePorts {
  loadPolicy(effect: EffectNamed<'LoadPolicy'>): ProvisioningEvent;
  judge(effect: EffectNamed<'JudgeAcknowledgment'>): ProvisioningEvent;
  /** The record with the timer's fact due at its time. */
  startTimer(record: DeviceRecord, event: EffectNamed<'StartTimer'>['event']): DeviceRecord;
}

/** Ports for facts that ask the host for nothing. */
export const noPorts: ExchangePorts = {
  loadPolicy: () => notAsked,
  judge: () => notAsked,
  startTimer: (record) => record,
};

const notAsked: ProvisioningEvent = { type: 'ProvisionRejected', scope: 'Provision', status: 3 };

export interface Settled {
  /** The same record by reference when nothing changed. */
  readonly record: DeviceRecord;
  readonly response: ProvisionResponse | null;
  readonly outcomes: readonly Outcome[];
  /** Every fact that was taken, in order. */
  readonly transitions: readonly Transition<'server'>[];
}

/** One fact, then all its effects in order, then the fact they led to. Most facts ask for nothing. */
export function settle(record: DeviceRecord, fact: ProvisioningEvent, ports: ExchangePorts): Settled {
  const transition = transitionOf(record.state, fact);
  if (transition.effects.length > 0) return perform(record, transition, ports);
  const { after } = transition;
  return {
    record: after === record.state ? record : { ...record, state: after },
    response: null,
    outcomes: none,
    transitions: [transition],
  };
}

function transitionOf(before: DeviceRecord['state'], event: ProvisioningEvent): Transition<'server'> {
  const [after, effects] = step(before, event);
  return { before, event, after, effects };
}

const none: readonly never[] = [];

/** StorePolicyKey asks for no more: the record holds the state and so the key, and is written before the answer leaves. */
function perform(record: DeviceRecord, first: Transition<'server'>, ports: ExchangePorts): Settled {
  const transitions = [first];
  const facts: ProvisioningEvent[] = [];
  const outcomes: Outcome[] = [];
  let current = record;
  let response: ProvisionResponse | null = null;
  for (const { after, effects } of transitions) {
    if (after !== current.state) current = { ...current, state: after };
    for (const effect of effects) {
      switch (effect.type) {
        case 'Respond':
          response = effect.response;
          break;
        case 'LoadPolicy':
          facts.push(ports.loadPolicy(effect));
          break;
        case 'JudgeAcknowledgment':
          facts.push(ports.judge(effect));
          break;
        case 'RecordWipe':
          if (effect.status === 1) {
            current = { ...current, wiped: effect.scope };
            facts.push({ type: 'WipeCompleted', scope: effect.scope });
          }
          break;
        case 'StartTimer':
          current = ports.startTimer(current, effect.event);
          break;
        case 'Report':
          outcomes.push(effect.outcome);
          break;
      }
    }
    const next = facts.shift();
    if (next) transitions.push(transitionOf(current.state, next));
  }
  return { record: current, response, outcomes, transitions };
}
