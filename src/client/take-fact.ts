/** One fact taken by the client's machine, and what is remembered and stored of it: pure. */
import { type ProvisioningEvent, type ProvisioningState, step, type Transition } from '../../machines/index.js';
import { type Memory, remember } from './memory.js';

/** What takes facts, and what remembers them. */
export interface Engine {
  readonly step: (
    state: ProvisioningState<'client'>,
    fact: ProvisioningEvent,
  ) => readonly [ProvisioningState<'client'>, Transition<'client'>['effects']];
  readonly remember: typeof remember;
}

const shipped: Engine = { step, remember };

export interface Taken {
  readonly transition: Transition<'client'>;
  /** The same memory by reference where nothing changed. */
  readonly memory: Memory;
  /** Whether it is stored before the effects are performed: unless nothing changed, or they name the point. */
  readonly isStoredFirst: boolean;
}

export function takeFact(before: Memory, event: ProvisioningEvent, { step, remember }: Engine = shipped): Taken {
  const [after, effects] = step(before.state, event);
  const memory = remember(before, event, after);
  return {
    transition: { before: before.state, event, after, effects },
    memory,
    isStoredFirst: memory !== before && !effects.some(({ type }) => type === 'StorePolicyKey'),
  };
}

/** What begins an exchange: what one that was left unfinished owes, and, where that asks for nothing, a new request. */
export function firstFacts(
  { context: { cycles, attempts } }: ProvisioningState<'client'>,
  isUnfinished: boolean,
): { readonly owed: ProvisioningEvent | null; readonly request: ProvisioningEvent } {
  return {
    owed: isUnfinished ? { type: 'RetryDue', cycle: cycles, attempt: attempts } : null,
    request: { type: 'PolicyRequested' },
  };
}
