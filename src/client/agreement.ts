import type { ProvisioningEvent, ProvisioningState, Transition } from '../../machines/index.js';
import { ask, ForeignState, HostFailure } from './host-failure.js';
import { type Memory, NEVER_ASKED_AFTER, type Notes } from './memory.js';
import type { Settings } from './settings.js';
import { lengthOf, MAX_POLICY, readMemory, writeMemory } from './stored-state.js';
import { firstFacts, takeFact } from './take-fact.js';
import type { ClientWarning } from './warning.js';

/** What the client remembers between facts, in memory and in the store. */
export interface Agreement {
  /** What is remembered now, read from the store on first use. */
  memory(): Promise<Memory>;
  /** The state of the machine in it. */
  state(): Promise<ProvisioningState<'client'>>;
  /** The first step of an exchange: what one that was left unfinished still owes, otherwise a new request. */
  begin(): Promise<Transition<'client'>>;
  deliver(fact: ProvisioningEvent): Promise<Transition<'client'>>;
  /** Makes what is remembered durable. */
  commit(): Promise<void>;
  /** Back to what the store holds, as after a crash. */
  rollBack(): void;
  /** Notes what was found out on the way; it becomes durable with the next fact. */
  note(notes: Partial<Notes>): Promise<void>;
  /** Notes it and makes it durable, whether or not the store can: it can be found out again. */
  noteAtOnce(notes: Partial<Notes>): Promise<void>;
}

/**
 * Steps are taken one at a time. A new state is stored before its effects are performed, so that after a crash what it
 * owes is done again: that a wipe is confirmed is stored before the server is told, and that it is done is stored behind
 * it. Where the effects name the point themselves (`StorePolicyKey`), there.
 */
export function createAgreement(settings: Settings, warn: (warning: ClientWarning) => void): Agreement {
  const { store } = settings;
  let memory: Promise<Memory> | null = null;
  let durable: Memory | null = null;
  let isUnfinished = true;
  let last: Promise<unknown> = Promise.resolve();

  function remembered() {
    memory ??= read().catch((failure) => {
      memory = null;
      throw failure;
    });
    return memory;
  }

  async function read() {
    const text = await ask('store.load', () => store.load());
    const recalled = readMemory(text, settings);
    if (!recalled.ok) throw new ForeignState(recalled.error);
    const { memory, problem } = recalled.value;
    if (problem) warn({ kind: 'StateUnreadable', problem });
    if (settings.isFormNamed && memory.queryForm !== settings.queryForm) {
      warn({ kind: 'QueryFormKept', kept: memory.queryForm, asked: settings.queryForm });
    }
    durable = memory;
    // Before anything is sent: the server will know the device by its query form.
    if (text === null) await write(memory);
    return memory;
  }

  async function write(next: Memory) {
    await ask('store.save', () => store.save(writeMemory(next, settings)));
    durable = next;
  }

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  function deliver(fact: ProvisioningEvent) {
    return inTurn(async () => {
      const before = await remembered();
      const { transition, memory: after, isStoredFirst } = takeFact(before, fact);
      if (isStoredFirst) await write(after);
      memory = Promise.resolve(after);
      inspected(transition);
      for (const warning of warningsOf(before, after)) warn(warning);
      return transition;
    });
  }

  function inspected(transition: Transition<'client'>) {
    try {
      settings.inspect(transition);
    } catch {
      // Whoever looks on takes no part in what happens.
    }
  }

  function note(notes: Partial<Notes>, isDurable: boolean) {
    return inTurn(async () => {
      const now = await remembered();
      memory = Promise.resolve({ ...now, ...notes });
      // Not what is remembered: a state that names the point where it is stored is not stored by the way.
      durable = { ...(durable ?? now), ...notes };
      if (isDurable) await write(durable).catch(ignoreHost);
    });
  }

  return {
    memory: remembered,
    state: async () => (await remembered()).state,
    deliver,

    async begin() {
      const { owed, request } = firstFacts((await remembered()).state, isUnfinished);
      isUnfinished = false;
      const first = owed && (await deliver(owed));
      return first && first.effects.length > 0 ? first : deliver(request);
    },

    commit: () => inTurn(async () => write(await remembered())),

    rollBack() {
      if (durable !== null) memory = Promise.resolve(durable);
      isUnfinished = true;
    },

    note: (notes) => note(notes, false),
    noteAtOnce: (notes) => note(notes, true),
  };
}

function warningsOf(before: Memory, after: Memory): readonly ClientWarning[] {
  const { policy, unasked } = after;
  const characters = policy === null || policy === before.policy ? 0 : lengthOf(policy);
  return [
    ...(unasked === NEVER_ASKED_AFTER && before.unasked < unasked
      ? [{ kind: 'NeverAsked', commands: unasked } as const]
      : []),
    ...(characters > MAX_POLICY ? [{ kind: 'PolicyNotKept', characters, limit: MAX_POLICY } as const] : []),
  ];
}

function ignoreHost(failure: unknown) {
  if (!(failure instanceof HostFailure)) throw failure;
}
