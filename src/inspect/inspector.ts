import type { InspectionEvent } from 'xstate';
import { type ProvisioningState, type Role, start, type Transition } from '../../machines/index.js';
import { createRedactor, type RedactorOptions } from '../timeline/redact.js';
import { createActorWatch } from './actors.js';
import { adapterOf, type PageOptions } from './adapter.js';
import { openSession, type Session } from './session.js';
import { createTeller, type Lifeline } from './teller.js';

/** Where to show what happens, and how much of it. */
export interface ProvisioningInspectorOptions extends PageOptions, RedactorOptions {
  /** Tells the actors of this inspector from those of another one at the same page. Random unless told otherwise. */
  readonly id?: string;
}

/**
 * Shows the machine at work on a page that speaks the protocol of `@statelyai/inspect`: the chart, the state, and the
 * sequence of facts and effects. For development: messages wait in memory for a page. Nothing it does fails its caller.
 */
export interface ProvisioningInspector {
  /** For the option `inspect` of `createProvisioningClient`. */
  client(name: string): (transition: Transition<'client'>) => void;
  /** For the option `inspect` of `createProvisioningServer`: one actor per device, below one for the server. */
  server(name: string): (device: InspectedDevice, transition: Transition<'server'>) => void;
  /** For a loop of one's own around `step`: from this state on. */
  attach<R extends Role>(name: string, state: ProvisioningState<R>): (transition: Transition<R>) => void;
  /** For the option `inspect` of XState's `createActor`, with `provisioningMachine` or one made of it. */
  readonly actors: (event: InspectionEvent) => void;
  /** Takes leave of the page; nothing is told from then on. */
  stop(): void;
}

/** Whose agreement it is, as the server tells it. */
export interface InspectedDevice {
  readonly user: string;
  readonly deviceId: string;
}

/**
 * An inspector, which opens its page at once. Policy keys are shown as aliases and policies as their number of elements,
 * unless `reveal` asks for more; passwords are in nothing that it is told.
 *
 * @throws TypeError where there is nothing to reach a page from.
 */
export function createProvisioningInspector(options: ProvisioningInspectorOptions = {}): ProvisioningInspector {
  const adapter = adapterOf(options);
  const { id = Math.random().toString(36).slice(2, 8) } = options;
  const teller = createTeller((message) => {
    if (!isStopped) quietly(() => adapter.send(message));
  });
  const telling = { teller, redactor: createRedactor(options) };
  const watch = createActorWatch(telling, (sessionId) => `${id}/${sessionId}`);
  const names = new Map<string, number>();
  let isStopped = false;

  /** A second one of the same name is another one. */
  function rootNamed(name: string): Lifeline {
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const unique = count === 1 ? name : `${name} (${count})`;
    return { sessionId: `${id}/${unique}`, name: unique, parent: null };
  }

  function attach<R extends Role>(name: string, state: ProvisioningState<R>): (transition: Transition<R>) => void {
    const { take } = openSession(telling, rootNamed(name), state);
    return (transition) => quietly(() => take(transition));
  }

  return {
    attach,
    client: (name) => attach(name, start('client')),
    server(name) {
      const host = rootNamed(name);
      const devices = new Map<string, Session>();
      teller.actor(host, { status: 'active' });
      return ({ user, deviceId }, transition) =>
        quietly(() => {
          // Letter case does not tell devices apart.
          const key = `${user}/${deviceId.toLowerCase()}`;
          const line = { sessionId: `${host.sessionId}/${key}`, name: `${user}/${deviceId}`, parent: host };
          const session = devices.get(key) ?? openSession(telling, line, transition.before, host);
          devices.set(key, session);
          session.take(transition);
        });
    },
    actors: (event) => quietly(() => watch(event)),
    stop() {
      isStopped = true;
      adapter.stop?.();
    },
  };
}

/** Whoever looks on takes no part in what happens. */
function quietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // Nobody is left to be told.
  }
}
