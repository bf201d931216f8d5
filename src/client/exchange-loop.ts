/** An exchange between two awaits: pure, so that it is explored as it ships. `exchange.ts` awaits the ports. */
import type {
  AcknowledgmentStatus,
  ClientEffect,
  EventOf,
  EventType,
  Outcome,
  ProvisioningEvent,
  ProvisionRequest,
} from '../../machines/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { HttpAttempt } from './attempt.js';
import type { Question } from './interpret.js';
import type { Memory } from './memory.js';

/** What an exchange still has to do. */
export interface ExchangeLoop {
  /** Of the last fact, in order, still to be performed. */
  readonly effects: readonly ClientEffect[];
  /** Still to be taken, in order. */
  readonly told: readonly Told[];
  /** What the last fact stood for, and the server may not say in this version. */
  readonly violation: EventType | null;
}

/** A fact, and the HTTP exchange that told it. */
export interface Told {
  readonly fact: ProvisioningEvent;
  readonly attempt?: HttpAttempt | null;
  /** What the server said instead, and may not say in this version. */
  readonly violation?: EventType | null;
}

type Reported = Extract<ClientEffect, { type: 'Report' }>;
/** An outcome that ends an exchange. */
export type FinalOutcome = Exclude<Outcome, { kind: 'ReprovisionRequired' }>;
/** An effect that something is done about. */
export type Work =
  | Exclude<ClientEffect, Reported>
  | { readonly type: 'Report'; readonly outcome: Exclude<Outcome, FinalOutcome> };

/** What is to be done next, and what is left to do after it. */
export type NextInExchange =
  | { readonly kind: 'Perform'; readonly effect: Work; readonly left: ExchangeLoop }
  | { readonly kind: 'Take'; readonly told: Told; readonly left: ExchangeLoop }
  /** `null` where nothing was reported. */
  | { readonly kind: 'End'; readonly outcome: FinalOutcome | null };

/** Nothing done yet of what a first step asks for. */
export function beginning(effects: readonly ClientEffect[]): ExchangeLoop {
  return { effects, told: [], violation: null };
}

/** All effects of a fact in order, then the next fact; what is reported after a violation is the violation. */
export function nextInExchange({ effects, told, violation }: ExchangeLoop): NextInExchange {
  const [effect, ...effectsLeft] = effects;
  if (effect) {
    const left = { effects: effectsLeft, told, violation };
    if (effect.type !== 'Report') return { kind: 'Perform', effect, left };
    const { outcome } = effect;
    if (outcome.kind === 'ReprovisionRequired') return { kind: 'Perform', effect: { type: 'Report', outcome }, left };
    return { kind: 'End', outcome: violation ? { kind: 'Violation', event: violation, fault: 'server' } : outcome };
  }
  const [next, ...toldLeft] = told;
  if (!next) return { kind: 'End', outcome: null };
  return { kind: 'Take', told: next, left: { effects: [], told: toldLeft, violation: next.violation ?? null } };
}

/** The exchange has been told something. */
export function withTold(exchange: ExchangeLoop, told: Told): ExchangeLoop {
  return { ...exchange, told: [...exchange.told, told] };
}

/** The machine has taken a fact, and this is what it asks for. */
export function withEffects(exchange: ExchangeLoop, effects: readonly ClientEffect[]): ExchangeLoop {
  return { ...exchange, effects };
}

/** What an answer is read as the answer to, given what is remembered when it comes. */
export function questionOf(
  asked: ProvisionRequest['kind'],
  version: ProtocolVersion,
  { state, policy }: Memory,
): Question {
  return { asked, version, ofOwnAccord: state.context.reason === null && policy === null };
}

type WorkOf<T extends Work['type']> = Extract<Work, { readonly type: T }>;

/** The fact that an effect leads to once it is performed, with the device's own word where it has one. */
export const factAfter = {
  ApplyPolicy: ({ policyKey }: WorkOf<'ApplyPolicy'>, status: AcknowledgmentStatus): EventOf<'PolicyAcknowledged'> => ({
    type: 'PolicyAcknowledged',
    policyKey,
    status,
  }),
  ConfirmWipe: ({ scope }: WorkOf<'ConfirmWipe'>, isConfirmed: boolean): EventOf<'WipeAcknowledged'> => ({
    type: 'WipeAcknowledged',
    scope,
    status: isConfirmed ? 1 : 2,
  }),
  Wipe: ({ scope }: WorkOf<'Wipe'>): EventOf<'WipeCompleted'> => ({ type: 'WipeCompleted', scope }),
  /** When its time has come. */
  StartTimer: ({ event }: WorkOf<'StartTimer'>): ProvisioningEvent => event,
  /** A server that demands to provision again is asked again. */
  Report: (_reported: WorkOf<'Report'>): EventOf<'PolicyRequested'> => ({ type: 'PolicyRequested' }),
} as const;
