import {
  type ClientEffect,
  type Limits,
  type ProvisioningEvent,
  type ProvisioningState,
  step,
} from '../../machines/index.js';
import { ask } from './host-failure.js';
import type { StateStore } from './ports.js';
import { readState, writeState } from './stored-state.js';

/** The state of the machine between facts, in memory and in the store. */
export interface Agreement {
  /** The current state, read from the store on first use. */
  state(): Promise<ProvisioningState<'client'>>;
  /** The first step of an exchange: what one that was left unfinished still owes, otherwise a new request. */
  begin(): Promise<Delivery>;
  deliver(fact: ProvisioningEvent): Promise<Delivery>;
  /** Makes the state durable. */
  commit(): Promise<void>;
  /** Back to what the store holds, as after a crash. */
  rollBack(): void;
}

/** One step of the machine. */
export interface Delivery {
  readonly before: ProvisioningState<'client'>;
  readonly after: ProvisioningState<'client'>;
  readonly effects: readonly ClientEffect[];
}

/**
 * Steps are taken one at a time. A new state is stored before its effects are performed, so that after a crash what it
 * owes is done again; where the effects name the point themselves (`StorePolicyKey`), there: behind a wipe, so that a
 * crash before its end leaves the directive standing.
 */
export function createAgreement(store: StateStore, limits: Limits): Agreement {
  let memory: Promise<ProvisioningState<'client'>> | null = null;
  let durable: ProvisioningState<'client'> | null = null;
  let isUnfinished = true;
  let last: Promise<unknown> = Promise.resolve();

  function state() {
    memory ??= read().catch((failure) => {
      memory = null;
      throw failure;
    });
    return memory;
  }

  async function read() {
    durable = readState(await ask('store.load', () => store.load()), limits);
    return durable;
  }

  async function write(next: ProvisioningState<'client'>) {
    await ask('store.save', () => store.save(writeState(next)));
    durable = next;
  }

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  function deliver(fact: ProvisioningEvent) {
    return inTurn(async () => {
      const before = await state();
      const [after, effects] = step(before, fact);
      const isStoredLater = effects.some(({ type }) => type === 'StorePolicyKey');
      if (after !== before && !isStoredLater) await write(after);
      memory = Promise.resolve(after);
      return { before, after, effects };
    });
  }

  return {
    state,
    deliver,

    async begin() {
      const { cycles, attempts } = (await state()).context;
      if (isUnfinished) {
        isUnfinished = false;
        const owed = await deliver({ type: 'RetryDue', cycle: cycles, attempt: attempts });
        if (owed.effects.length > 0) return owed;
      }
      return deliver({ type: 'PolicyRequested' });
    },

    commit: () => inTurn(async () => write(await state())),

    rollBack() {
      if (durable !== null) memory = Promise.resolve(durable);
      isUnfinished = true;
    },
  };
}
