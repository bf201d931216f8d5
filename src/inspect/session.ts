/** One machine at work, as three actors: itself, the host that performs what it asks, and the other side of the wire. */
import { type Effect, facts, type ProvisioningState, type Role, type Transition } from '../../machines/index.js';
import type { Redactor } from '../timeline/redact.js';
import { definition } from './definition.js';
import { effectMessage } from './effect-message.js';
import type { Lifeline, Message, Teller, View } from './teller.js';

/** What a session is told with. */
export interface Telling {
  readonly teller: Teller;
  readonly redactor: Redactor;
}

/** A machine that a page has been told of. */
export interface Session {
  /** Tells of a fact and of all that it led to. */
  take(transition: Transition): void;
  /** Tells of a state that no fact led to. */
  see(state: ProvisioningState, event: Message, status?: View['status']): void;
}

/**
 * The machine's chart comes with the first message, and its state. A fact comes from whoever authored it, an effect goes
 * to whoever it concerns, so that the lines read as the sequence chart of the exchange.
 *
 * @param host who performs the effects; an actor of its own below the machine where there is none.
 */
export function openSession(
  { teller, redactor }: Telling,
  machine: Lifeline,
  state: ProvisioningState,
  host: Lifeline = below(machine, 'host'),
): Session {
  const { role } = state.context;
  const peer = below(machine, peers[role]);
  let last = state;

  teller.actor(machine, viewOf(state), definition);
  if (host.parent === machine) teller.actor(host, active);
  teller.actor(peer, active);

  function viewOf(seen: ProvisioningState, status: View['status'] = 'active'): View {
    const { name, context } = redactor.state(seen);
    return { status, value: name, context };
  }

  function see(seen: ProvisioningState, event: Message, status?: View['status']) {
    last = seen;
    teller.snapshot(machine, viewOf(seen, status), event);
  }

  return {
    see,
    take({ before, event, after, effects }) {
      // A store was read, a crash was rolled back, or another process of the server was here.
      if (!isSame(before, last)) see(before, resumed);
      const fact = redactor.event(event);
      teller.event(machine, fact, authorOf(event.type) === opposite[role] ? peer : host);
      see(after, fact);
      for (const effect of effects) {
        teller.event(crossing.has(effect.type) ? peer : host, effectMessage(redactor.effect(effect)), machine);
      }
    },
  };
}

const active: View = { status: 'active' };
const resumed: Message = { type: 'Resumed' };
const peers = { client: 'server', server: 'device' } as const satisfies Record<Role, string>;
const opposite = { client: 'server', server: 'client' } as const satisfies Record<Role, Role>;

/** The effects that put something on the wire; the host keeps the others. */
const crossing: ReadonlySet<Effect['type']> = new Set(['Send', 'Respond']);

function isSame(one: ProvisioningState, other: ProvisioningState): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** An actor of XState can be sent anything. */
function authorOf(type: string): Role | 'local' {
  const rows: Readonly<Record<string, { readonly author: Role | 'local' }>> = facts;
  return rows[type]?.author ?? 'local';
}

function below(parent: Lifeline, name: string): Lifeline {
  return { sessionId: `${parent.sessionId}/${name}`, name: `${parent.name}: ${name}`, parent };
}
