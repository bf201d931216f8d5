/** What is read from entries, all of one session: by pages, terminals and pictures alike. */
import {
  type EventType,
  edgeOf,
  type ProvisioningEvent,
  type ProvisioningState,
  type Role,
  save,
} from '../../machines/index.js';
import type { Entry, FactList } from './entry.js';

/** How both sides stand; null where nothing told yet. */
export interface Sides {
  readonly client: ProvisioningState | null;
  readonly server: ProvisioningState | null;
}

/** The states after the first `count` entries. */
export function sidesAfter(entries: readonly Entry[], count = entries.length): Sides {
  const sides: Record<Role, ProvisioningState | null> = { client: null, server: null };
  for (const entry of entries.slice(0, Math.max(count, 0))) {
    const state = stateAfter(entry);
    if (state) sides[state.context.role] = state;
  }
  return sides;
}

/** The sessions, in the order in which they began. */
export function sessionsIn(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.map(({ session }) => session))];
}

/** A fact that the specification has no place for, and the side that authored it. */
export interface Departure {
  readonly event: EventType;
  readonly fault: Role | 'local';
}

/** Where an entry left the specification; null where it did not. */
export function departureIn(entry: Entry): Departure | null {
  if (entry.kind !== 'Transition') return null;
  for (const effect of entry.effects) {
    if (effect.type === 'Report' && effect.outcome.kind === 'Violation') {
      const { event, fault } = effect.outcome;
      return { event, fault };
    }
  }
  return null;
}

/** The edge of the chart that an entry went along, `Acknowledging.PermanentKeyIssued[0]`; null where it went along none. */
export function edgeIn(entry: Entry): string | null {
  return entry.kind === 'Transition' ? (edgeOf(entry.before, entry.event)?.id ?? null) : null;
}

/**
 * The facts that lead a side from its start to where it is now. Those that a crash undid are left out. Of a side that
 * was met in the middle of its life they are the facts since then.
 */
export function factsIn(entries: readonly Entry[], role: Role): FactList {
  let taken: readonly Taken[] = [];
  for (const entry of entries) {
    const after = stateAfter(entry);
    if (after?.context.role !== role) continue;
    if (entry.kind !== 'Transition') taken = upTo(taken, after);
    else taken = [...upTo(taken, entry.before), { event: entry.event, after: recordOf(after) }];
  }
  return { role, facts: taken.map(({ event }) => event) };
}

interface Taken {
  readonly event: ProvisioningEvent;
  readonly after: string;
}

/** Back to the last time that the side was in this state; to the beginning where it never was. */
function upTo(taken: readonly Taken[], state: ProvisioningState): readonly Taken[] {
  const record = recordOf(state);
  const last = taken.map(({ after }) => after).lastIndexOf(record);
  return taken.slice(0, last + 1);
}

function stateAfter(entry: Entry): ProvisioningState | null {
  if (entry.kind === 'Transition') return entry.after;
  return entry.kind === 'Note' ? (entry.state ?? null) : null;
}

function recordOf(state: ProvisioningState): string {
  return JSON.stringify(save(state));
}
