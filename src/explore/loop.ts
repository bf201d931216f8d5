/** The client's exchange between two awaits: the loop of `src/client/exchange.ts` taken apart at its effects. */
import type {
  AcknowledgmentStatus,
  ClientEffect,
  EventType,
  Outcome,
  ProvisioningEvent,
  ProvisionRequest,
  WipeScope,
} from '../../machines/index.js';
import type { Memory } from '../client/memory.js';
import { troubleOf } from '../client/outcome.js';
import type { Parts } from './parts.js';

/** What an exchange still has to do. */
export interface Exchange {
  readonly effects: readonly ClientEffect[];
  readonly told: readonly Told[];
  readonly waits: 'answer' | 'timer' | 'rest' | null;
  readonly asked: ProvisionRequest['kind'] | null;
  /** What the last fact should not have said. */
  readonly violation: EventType | null;
  /** An answer is under way that nothing waits for but the end. */
  readonly isOwedAnswer: boolean;
  readonly outcome: Verdict | null;
}

export interface Told {
  readonly fact: ProvisioningEvent;
  readonly violation?: EventType | null;
}

/** An outcome of a call by name: its kind, and what told it. */
export type Verdict = string;

export function isProvisioned(verdict: Verdict): boolean {
  return verdict.startsWith('Provisioned');
}

export interface Turn {
  readonly memory: Memory;
  /** What the store holds afterwards. */
  readonly durable: Memory;
  /** Null once it has come to its end. */
  readonly exchange: Exchange | null;
  readonly sends: {
    readonly request: ProvisionRequest;
    readonly policyKey: string;
    readonly isAwaited: boolean;
  } | null;
  readonly wipes: WipeScope | null;
  readonly outcome: Verdict | null;
}

/** What the device says where it has a say. */
export interface Word {
  readonly status: AcknowledgmentStatus;
  readonly isConfirmed: boolean;
}

/** One fact to the machine, stored as `src/client/agreement.ts` stores it. */
export function deliver(parts: Parts, memory: Memory, durable: Memory, fact: ProvisioningEvent) {
  const [state, effects] = parts.step(memory.state, fact);
  // How many commands passed unasked matters to a warning alone.
  const remembered = parts.remember(memory, fact, state);
  if (remembered === memory) return { memory, durable, effects };
  const after = { ...remembered, unasked: 0 };
  const isStoredLater = effects.some(({ type }) => type === 'StorePolicyKey');
  return { memory: after, durable: isStoredLater ? durable : after, effects };
}

/** The first step of an exchange: what one that was left unfinished owes, otherwise a new request. */
export function begin(parts: Parts, memory: Memory, durable: Memory, isUnfinished: boolean): Turn {
  const { cycles, attempts } = memory.state.context;
  if (isUnfinished) {
    const owed = deliver(parts, memory, durable, { type: 'RetryDue', cycle: cycles, attempt: attempts });
    if (owed.effects.length > 0) return settled({ ...idle, effects: owed.effects }, owed);
  }
  const first = deliver(parts, memory, durable, { type: 'PolicyRequested' });
  return settled({ ...idle, effects: first.effects }, first);
}

const idle: Exchange = {
  effects: [],
  told: [],
  waits: null,
  asked: null,
  violation: null,
  isOwedAnswer: false,
  outcome: null,
};

/** A fact from outside: an answer, its absence, a timer. */
export function hear(parts: Parts, exchange: Exchange, memory: Memory, durable: Memory, told: Told): Turn {
  return goOn(parts, { ...exchange, waits: null, asked: null, told: [...exchange.told, told] }, memory, durable);
}

/** The answer came that nothing waited for, or will not come. */
export function rest(exchange: Exchange, memory: Memory, durable: Memory): Turn {
  const rested = { ...exchange, isOwedAnswer: false };
  return exchange.waits === 'rest' ? ended(rested, memory, durable) : settled(rested, { memory, durable });
}

/** Performs the next effect. */
export function perform(parts: Parts, exchange: Exchange, memory: Memory, durable: Memory, word: Word): Turn {
  const [effect, ...effects] = exchange.effects;
  if (!effect) throw new TypeError('nothing to perform');
  const left: Exchange = { ...exchange, effects };
  const tell = (fact: ProvisioningEvent) => goOn(parts, { ...left, told: [...left.told, { fact }] }, memory, durable);
  switch (effect.type) {
    case 'Send': {
      const { request, policyKey, awaitsReply: isAwaited } = effect;
      const sends = { request, policyKey, isAwaited };
      if (isAwaited)
        return { ...settled({ ...left, waits: 'answer', asked: request.kind }, { memory, durable }), sends };
      return { ...goOn(parts, { ...left, isOwedAnswer: true }, memory, durable), sends };
    }
    case 'ApplyPolicy':
      return tell({ type: 'PolicyAcknowledged', policyKey: effect.policyKey, status: word.status });
    case 'ConfirmWipe':
      return tell({ type: 'WipeAcknowledged', scope: effect.scope, status: word.isConfirmed ? 1 : 2 });
    case 'Wipe':
      return { ...tell({ type: 'WipeCompleted', scope: effect.scope }), wipes: effect.scope };
    case 'StorePolicyKey':
      return goOn(parts, left, memory, memory);
    case 'StartTimer':
      // The fact is kept where effects are, until its time has come.
      return settled({ ...left, waits: 'timer', told: [...left.told, { fact: effect.event }] }, { memory, durable });
    case 'Report':
      if (effect.outcome.kind === 'ReprovisionRequired') return tell({ type: 'PolicyRequested' });
      return ended({ ...left, outcome: verdictOf(effect.outcome, exchange.violation) }, memory, durable);
  }
}

/** The timer fired. */
export function wake(parts: Parts, exchange: Exchange, memory: Memory, durable: Memory): Turn {
  return goOn(parts, { ...exchange, waits: null }, memory, durable);
}

/** All effects of a fact come before the next fact. */
function goOn(parts: Parts, exchange: Exchange, memory: Memory, durable: Memory): Turn {
  if (exchange.effects.length > 0) return settled(exchange, { memory, durable });
  const [next, ...told] = exchange.told;
  if (!next) return ended({ ...exchange, outcome: 'Failed: Aborted' }, memory, durable);
  const after = deliver(parts, memory, durable, next.fact);
  const going = { ...exchange, told, effects: after.effects, violation: next.violation ?? null };
  if (after.effects.length === 0) return goOn(parts, going, after.memory, after.durable);
  return settled(going, after);
}

function ended(exchange: Exchange, memory: Memory, durable: Memory): Turn {
  if (exchange.isOwedAnswer) {
    return settled({ ...exchange, effects: [], told: [], waits: 'rest' }, { memory, durable });
  }
  return { memory, durable, exchange: null, sends: null, wipes: null, outcome: exchange.outcome };
}

function settled(exchange: Exchange, { memory, durable }: { memory: Memory; durable: Memory }): Turn {
  return { memory, durable, exchange, sends: null, wipes: null, outcome: null };
}

type Final = Exclude<Outcome, { kind: 'ReprovisionRequired' }>;

function verdictOf(outcome: Final, violation: EventType | null): Verdict {
  if (violation !== null) return `Violation: ${violation}`;
  switch (outcome.kind) {
    case 'Provisioned':
      return 'Provisioned';
    case 'Wiped':
      return `Wiped: ${outcome.scope}`;
    case 'Violation':
      return `Violation: ${outcome.event}`;
    case 'Failed': {
      const { failure } = outcome;
      const trouble = troubleOf(failure);
      if (failure.kind === 'Rejected') return `${trouble.kind}: ${failure.scope} ${failure.status}`;
      return failure.kind === 'ExchangeFailed'
        ? `${trouble.kind}: ${failure.fault}`
        : `${trouble.kind}: ${failure.kind}`;
    }
  }
}
