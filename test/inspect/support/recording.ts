/** A page that only writes down what it is told. */
import type { StatelyInspectionEvent } from '@statelyai/inspect';
import {
  createProvisioningInspector,
  type ProvisioningInspector,
  type ProvisioningInspectorOptions,
} from '../../../src/inspect/index.js';

export interface Recording {
  readonly inspector: ProvisioningInspector;
  readonly messages: readonly StatelyInspectionEvent[];
  /** The messages as a person reads them. */
  rows(): readonly string[];
}

export function recording(options: ProvisioningInspectorOptions = {}): Recording {
  const messages: StatelyInspectionEvent[] = [];
  const send = (message: StatelyInspectionEvent) => void messages.push(message);
  return {
    inspector: createProvisioningInspector({ id: 'test', send, ...options }),
    messages,
    rows: () => rowsOf(messages),
  };
}

/** `+ phone`, `phone: host -> phone PolicyRequested`, `phone = AwaitingPolicy`. */
function rowsOf(messages: readonly StatelyInspectionEvent[]): readonly string[] {
  const names = new Map<string | undefined, string>();
  const nameOf = (sessionId: string | undefined) => names.get(sessionId) ?? '?';
  return messages.map((message) => {
    const { sessionId } = message;
    if (message.type === '@xstate.event') {
      return `${nameOf(message.sourceId)} -> ${nameOf(sessionId)} ${message.event.type}`;
    }
    if (message.type === '@xstate.snapshot') {
      return `${nameOf(sessionId)} = ${'value' in message.snapshot ? message.snapshot.value : '?'}`;
    }
    names.set(sessionId, message.name);
    return message.parentId === undefined ? `+ ${message.name}` : `+ ${message.name} < ${nameOf(message.parentId)}`;
  });
}

/** What does not differ from run to run, nor by the number that XState gives an actor, which is `it` then. */
export function plain(messages: readonly StatelyInspectionEvent[]): unknown {
  const withoutTime = messages.map(({ createdAt: _, ...message }) => message);
  return JSON.parse(JSON.stringify(withoutTime).replaceAll(/\bx:\d+/g, 'it'));
}
