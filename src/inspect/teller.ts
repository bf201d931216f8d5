/** The protocol of `@statelyai/inspect`: an actor, what is sent to it, and what state it is in then. */
import type { StatelyInspectionEvent } from '@statelyai/inspect';
import type { Snapshot } from 'xstate';

/** One actor, and its line in the sequence of messages. */
export interface Lifeline {
  /** Its own among all actors that a page is told of. */
  readonly sessionId: string;
  /** As it is read by people. */
  readonly name: string;
  readonly parent: Lifeline | null;
}

/** What an actor is sent. */
export interface Message {
  readonly type: string;
}

/** What of an actor is seen. */
export interface View {
  readonly status: Snapshot<unknown>['status'];
  readonly value?: unknown;
  readonly context?: unknown;
}

/** Tells a page, in the order in which it is called. */
export interface Teller {
  /** @param definition the chart; without one, the actor is only a name. */
  actor(line: Lifeline, view: View, definition?: string): void;
  /** @param source null where nobody knows who sent it. */
  event(line: Lifeline, event: Message, source: Lifeline | null): void;
  snapshot(line: Lifeline, view: View, event: Message): void;
}

/**
 * Not the functions of the package's own inspector: those of 0.7.2 leave out the root, the parent and the chart of an
 * actor that is known by its name alone.
 */
export function createTeller(send: (message: StatelyInspectionEvent) => void): Teller {
  let count = 0;

  function common(line: Lifeline) {
    count += 1;
    const { sessionId } = line;
    return { sessionId, rootId: rootOf(line).sessionId, id: String(count), createdAt: String(Date.now()), _version };
  }

  return {
    actor(line, view, definition = JSON.stringify({ id: line.name })) {
      const parentId = line.parent?.sessionId;
      send({ type: '@xstate.actor', ...common(line), name: line.name, parentId, definition, snapshot: { ...view } });
    },
    event(line, event, source) {
      send({ type: '@xstate.event', ...common(line), event, sourceId: source?.sessionId });
    },
    snapshot(line, view, event) {
      // XState's type also says what an actor came to: nothing, as long as it is active.
      send({ type: '@xstate.snapshot', ...common(line), event, snapshot: { ...view } as Snapshot<unknown> });
    },
  };
}

/** Of the package whose protocol this is: a receiver takes no message without it. */
const _version = '0.7.2';

function rootOf(line: Lifeline): Lifeline {
  return line.parent === null ? line : rootOf(line.parent);
}
