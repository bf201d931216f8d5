/** The client's exchange as moves: one for each await of `src/client/exchange.ts`. What comes next is what ships. */
import type { AcknowledgmentStatus, ProvisioningEvent, ProvisionRequest, WipeScope } from '../../machines/index.js';
import type { ExchangeLoop, FinalOutcome, Told } from '../client/exchange-loop.js';
import type { Memory } from '../client/memory.js';
import type { Parts } from './parts.js';
import { type Verdict, verdictOfExchange } from './verdict.js';

/** What an exchange still has to do, and what it waits for. */
export interface Exchange extends ExchangeLoop {
  readonly waits: 'answer' | 'timer' | 'rest' | null;
  readonly asked: ProvisionRequest['kind'] | null;
  /** An answer is under way that nothing waits for but the end. */
  readonly isOwedAnswer: boolean;
  readonly outcome: Verdict | null;
}

/** What is remembered, and what the store holds of it. */
export interface Remembered {
  readonly memory: Memory;
  readonly durable: Memory;
}

export interface Turn extends Remembered {
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

/** One fact to the machine, and to the store where that comes first. */
export function deliver(parts: Parts, { memory, durable }: Remembered, fact: ProvisioningEvent) {
  const { transition, memory: remembered, isStoredFirst } = parts.takeFact(memory, fact, parts);
  const { effects } = transition;
  if (remembered === memory) return { memory, durable, effects };
  // How many commands passed unasked matters to a warning alone.
  const after = { ...remembered, unasked: 0 };
  return { memory: after, durable: isStoredFirst ? after : durable, effects };
}

export function begin(parts: Parts, was: Remembered, isUnfinished: boolean): Turn {
  const { owed, request } = parts.firstFacts(was.memory.state, isUnfinished);
  const first = owed && deliver(parts, was, owed);
  const after = first && first.effects.length > 0 ? first : deliver(parts, first ?? was, request);
  return settled({ ...idle, ...parts.beginning(after.effects) }, after);
}

const idle = { waits: null, asked: null, isOwedAnswer: false, outcome: null } as const;

/** A fact from outside: an answer, or its absence. */
export function hear(parts: Parts, exchange: Exchange, was: Remembered, told: Told): Turn {
  return goOn(parts, { ...exchange, ...parts.withTold(exchange, told), waits: null, asked: null }, was);
}

/** The timer fired. */
export function wake(parts: Parts, exchange: Exchange, was: Remembered): Turn {
  return goOn(parts, { ...exchange, waits: null }, was);
}

/** The answer came that nothing waited for, or will not come. */
export function rest(exchange: Exchange, was: Remembered): Turn {
  const rested = { ...exchange, isOwedAnswer: false };
  return exchange.waits === 'rest' ? ended(rested, was) : settled(rested, was);
}

/** Performs the next effect. */
export function perform(parts: Parts, exchange: Exchange, was: Remembered, word: Word): Turn {
  const next = parts.nextInExchange(exchange);
  if (next.kind === 'End') return ends(exchange, was, next.outcome);
  if (next.kind === 'Take') throw new TypeError('nothing to perform');
  const { effect } = next;
  const left: Exchange = { ...exchange, ...next.left };
  const telling = (fact: ProvisioningEvent): Exchange => ({ ...left, ...parts.withTold(left, { fact }) });
  switch (effect.type) {
    case 'Send': {
      const { request, policyKey, awaitsReply: isAwaited } = effect;
      const sends = { request, policyKey, isAwaited };
      if (isAwaited) return { ...settled({ ...left, waits: 'answer', asked: request.kind }, was), sends };
      return { ...goOn(parts, { ...left, isOwedAnswer: true }, was), sends };
    }
    case 'ApplyPolicy':
      return goOn(parts, telling(parts.factAfter.ApplyPolicy(effect, word.status)), was);
    case 'ConfirmWipe':
      return goOn(parts, telling(parts.factAfter.ConfirmWipe(effect, word.isConfirmed)), was);
    case 'Wipe':
      return { ...goOn(parts, telling(parts.factAfter.Wipe(effect)), was), wipes: effect.scope };
    case 'StorePolicyKey':
      return goOn(parts, left, { memory: was.memory, durable: was.memory });
    case 'StartTimer':
      // Told already, and not taken until its time has come.
      return settled({ ...telling(parts.factAfter.StartTimer(effect)), waits: 'timer' }, was);
    case 'Report':
      return goOn(parts, telling(parts.factAfter.Report(effect)), was);
  }
}

/** Facts are taken at once where no effect comes before them. */
function goOn(parts: Parts, exchange: Exchange, was: Remembered): Turn {
  if (exchange.effects.length > 0) return settled(exchange, was);
  const next = parts.nextInExchange(exchange);
  if (next.kind === 'Perform') throw new TypeError('nothing to take');
  if (next.kind === 'End') return ends(exchange, was, next.outcome);
  const after = deliver(parts, was, next.told.fact);
  return goOn(parts, { ...exchange, ...parts.withEffects(next.left, after.effects) }, after);
}

function ends(exchange: Exchange, was: Remembered, outcome: FinalOutcome | null): Turn {
  return ended({ ...exchange, outcome: verdictOfExchange(outcome) }, was);
}

function ended(exchange: Exchange, was: Remembered): Turn {
  if (exchange.isOwedAnswer) return settled({ ...exchange, effects: [], told: [], waits: 'rest' }, was);
  return { ...was, exchange: null, sends: null, wipes: null, outcome: exchange.outcome };
}

function settled(exchange: Exchange, { memory, durable }: Remembered): Turn {
  return { memory, durable, exchange, sends: null, wipes: null, outcome: null };
}
