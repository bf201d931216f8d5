/** The machine run by XState as an actor, told like every other session of it. */
import type { ActorRefLike, AnyEventObject, InspectionEvent } from 'xstate';
import {
  type Effect,
  type ProvisioningEvent,
  type ProvisioningState,
  provisioningMachine,
  type Transition,
} from '../../machines/index.js';
import { openSession, type Session, type Telling } from './session.js';
import type { Lifeline, Message, View } from './teller.js';

/**
 * For the `inspect` option of `createActor`. The machine is told from its first state on, each fact once it was taken.
 * Of other actors in the same system only names, types of events and states are told: what is in them nobody knows.
 *
 * @param sessionIdOf the id of an actor on the page, from its id in the system.
 */
export function createActorWatch(
  telling: Telling,
  sessionIdOf: (sessionId: string) => string,
): (event: InspectionEvent) => void {
  const { teller } = telling;
  const others = new Set<string>();
  const machines = new Map<string, Watched>();

  function lineOf(actor: Actor): Lifeline {
    const { id, sessionId, logic, _parent } = actor;
    const ownName = logic?.config === provisioningMachine.config ? 'provisioning' : sessionId;
    const name = id === undefined || id === sessionId ? ownName : id;
    return { sessionId: sessionIdOf(sessionId), name, parent: _parent ? lineOf(_parent) : null };
  }

  function heardOf(actor: Actor) {
    if (actor.logic?.config === provisioningMachine.config) {
      machines.set(actor.sessionId, { line: lineOf(actor), asked: [], seen: null });
    } else {
      others.add(actor.sessionId);
      teller.actor(lineOf(actor), { status: 'active' });
    }
  }

  function moved(watched: Watched, event: AnyEventObject, snapshot: MachineSnapshot) {
    const after = { name: snapshot.value, context: snapshot.context };
    const effects = watched.asked.splice(0);
    if (watched.seen === null) {
      watched.seen = { session: openSession(telling, watched.line, after), state: after };
    } else if (snapshot.status !== 'active') {
      watched.seen.session.see(after, typeOf(event), snapshot.status);
    } else {
      const before = watched.seen.state;
      watched.seen.state = after;
      // Whoever sends the actor something else hears of it as a violation.
      watched.seen.session.take({ before, event: event as ProvisioningEvent, after, effects } as Transition);
    }
  }

  return (told) => {
    const actor: Actor = told.actorRef;
    if (told.type === '@xstate.actor') return heardOf(actor);
    const watched = machines.get(actor.sessionId);
    if (told.type === '@xstate.action') {
      if (told.action.type === 'effect') watched?.asked.push(told.action.params as Effect);
    } else if (told.type === '@xstate.snapshot') {
      const { event, snapshot } = told;
      if (watched && isOfMachine(snapshot)) moved(watched, event, snapshot);
      else if (others.has(actor.sessionId)) teller.snapshot(lineOf(actor), viewOf(snapshot), typeOf(event));
    } else if (told.type === '@xstate.event' && others.has(actor.sessionId)) {
      teller.event(lineOf(actor), typeOf(told.event), told.sourceRef ? lineOf(told.sourceRef) : null);
    }
  };
}

/** What XState's own inspectors read of an actor beside what its type says. */
interface Actor extends ActorRefLike {
  readonly id?: string;
  readonly logic?: { readonly config?: unknown };
  readonly _parent?: Actor;
}

interface Watched {
  readonly line: Lifeline;
  /** The effects of the fact that is being taken. */
  readonly asked: Effect[];
  seen: { readonly session: Session; state: ProvisioningState } | null;
}

interface MachineSnapshot {
  readonly status: View['status'];
  readonly value: ProvisioningState['name'];
  readonly context: ProvisioningState['context'];
}

function isOfMachine(snapshot: object): snapshot is MachineSnapshot {
  return 'value' in snapshot && 'context' in snapshot;
}

function typeOf({ type }: Message): Message {
  return { type };
}

function viewOf(snapshot: View): View {
  const { status, value } = snapshot;
  return { status, value };
}
