import {
  facts,
  load,
  type ProvisioningEvent,
  type ProvisioningState,
  RECORD_VERSION,
  type Role,
  start,
  step,
} from '../../machines/index.js';
import type { Entry, TransitionEntry } from '../timeline/entry.js';
import { createKept } from './kept.js';

/** Reads Stately's protocol: what it tells of our machine becomes entries. Anyone can send it, so nothing is believed. */
export interface StatelyReader {
  readonly entries: readonly Entry[];
  /** How many entries are not kept any more. */
  readonly gone: number;
  /** Names of actors of other machines. */
  readonly others: readonly string[];
  /** @param now milliseconds. */
  read(message: unknown, now: number): void;
}

export function createStatelyReader(): StatelyReader {
  const kept = createKept();
  const others = new Set<string>();
  const machines = new Map<string, Machine>();
  let began: number | null = null;

  const note = (session: string, at: number, state: ProvisioningState, text: string) =>
    kept.add({ kind: 'Note', at, session, by: state.context.role, text, state });
  const meet = (id: string, message: Fields, at: number) => {
    const name = typeof message.name === 'string' ? message.name : id;
    if (machineOf(message) === 'provisioning') {
      const isTaken = [...machines.values()].some(({ session }) => session === name);
      const session = isTaken ? `${name} (${id})` : name;
      if (machines.has(id)) return;
      const state = stateOf(message.snapshot);
      machines.set(id, { session, state });
      if (state) note(session, at, state, BEGINNING);
    } else if (!machines.has(String(message.parentId)) && others.size < MOST_OTHERS) {
      // A host of our machine, or its peer, is no more than a name for whoever performs its effects.
      others.add(name);
    }
  };
  const move = (machine: Machine | undefined, { event, snapshot }: Fields, at: number) => {
    const after = stateOf(snapshot);
    if (!machine || after === null) return;
    const before = machine.state;
    const { session } = machine;
    machine.state = after;
    if (!isObject(event) || typeof event.type !== 'string') return;
    if (isFact(event)) kept.add(transition(before ?? start(after.context.role), event, after, { at, session }));
    else if (!/^(?:xstate\.|$)/.test(event.type)) note(session, at, after, event.type);
    else if (before === null) note(session, at, after, BEGINNING);
  };
  return {
    entries: kept.entries,
    get gone() {
      return kept.gone;
    },
    get others() {
      return [...others];
    },
    read(message, now) {
      if (!isObject(message) || typeof message.sessionId !== 'string') return;
      began ??= now;
      const at = Math.round(now - began);
      if (message.type === '@xstate.actor') meet(message.sessionId, message, at);
      if (message.type === '@xstate.snapshot') move(machines.get(message.sessionId), message, at);
    },
  };
}

interface Machine {
  readonly session: string;
  state: ProvisioningState | null;
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_OTHERS = 100;
const BEGINNING = 'is seen from here on';

/** The protocol says nothing of effects; the machine does, from the same state and the same fact. */
function transition(
  before: ProvisioningState,
  event: ProvisioningEvent,
  after: ProvisioningState,
  where: Pick<TransitionEntry, 'at' | 'session'>,
): Entry {
  const { role } = after.context;
  return { kind: 'Transition', ...where, role, before, event, after, effects: effectsOf(before, event, after) };
}

/** None where what was told is not what the machine does. */
function effectsOf(
  before: ProvisioningState,
  event: ProvisioningEvent,
  after: ProvisioningState,
): TransitionEntry['effects'] {
  try {
    const [stepped, effects] = step(before, event);
    return stepped.name === after.name && before.context.role === after.context.role ? effects : [];
  } catch {
    return [];
  }
}

function machineOf({ definition }: Fields): string | null {
  if (typeof definition !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(definition);
    return isObject(parsed) && typeof parsed.id === 'string' ? parsed.id : null;
  } catch {
    return null;
  }
}

/** The state a snapshot shows; null for any that our machine cannot be in. */
function stateOf(snapshot: unknown): ProvisioningState | null {
  if (!isObject(snapshot) || !isObject(snapshot.context)) return null;
  const { role, limits: _limits, ...memory } = snapshot.context;
  if (!isRole(role)) return null;
  const loaded = load({ v: RECORD_VERSION, name: snapshot.value, context: memory }, role);
  return loaded.ok ? loaded.value : null;
}

function isFact(event: Fields): event is Fields & ProvisioningEvent {
  return typeof event.type === 'string' && Object.hasOwn(facts, event.type);
}

function isRole(role: unknown): role is Role {
  return role === 'client' || role === 'server';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
