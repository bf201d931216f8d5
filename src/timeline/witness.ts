/** Both machines of one session, fed with what a recording tells; every fact becomes an entry, every misfit a mark. */
import {
  type ProvisioningEvent,
  type ProvisioningState,
  type Role,
  resume,
  start,
  step,
} from '../../machines/index.js';
import { NO_POLICY_KEY, type PolicyKey } from '../protocol/policy-key.js';
import type { Entry } from './entry.js';
import { leftNote, violatorOf } from './marks.js';
import type { EntryPlace } from './messages.js';
import { transitionEntry } from './transitions.js';

/** What a key was given as. */
export type KeyKind = 'temporary' | 'permanent';

export interface Witness {
  readonly client: ProvisioningState<'client'>;
  readonly server: ProvisioningState<'server'>;
  /** Whether an agreement was ever asked for, demanded or found in this recording. */
  readonly isKnown: boolean;
  /** What a key was given as here; null for one that never was. */
  kindOf(policyKey: PolicyKey): KeyKind | null;
  /** A fact for these sides, in this order. A misfit is a mark, once, in the words of `said` where there are some. */
  hear(event: ProvisioningEvent, roles: readonly Role[], misfit?: () => string): void;
  /** An agreement that no fact led to, and both sides hold to: why. */
  resume(policyKey: PolicyKey, why: string): void;
  note(by: Role, text: string): void;
  /** That a side left the specification. */
  mark(by: Role, text: string): void;
  /** The entries since this was last asked. */
  take(): readonly Entry[];
}

/** @param exchange is the number that marks name. */
export function createWitness(place: EntryPlace, exchange: () => number): Witness {
  // How often somebody tries is nobody's fault here, and what comes next is what was recorded.
  const limits = { attempts: Number.MAX_SAFE_INTEGER, cycles: Number.MAX_SAFE_INTEGER };
  const states = { client: start('client', limits), server: start('server', limits) };
  const kinds = new Map<PolicyKey, KeyKind>();
  let entries: Entry[] = [];
  let isKnown = false;

  function take<R extends Role>(before: ProvisioningState<R>, event: ProvisioningEvent) {
    const [after, effects] = step(before, event);
    const entry = transitionEntry(place, { before, event, after, effects });
    entries.push(entry);
    return { after, violator: violatorOf(entry) };
  }

  function hearOf(role: Role, event: ProvisioningEvent): Role | null {
    if (role === 'client') {
      const { after, violator } = take(states.client, event);
      states.client = after;
      return violator;
    }
    const { after, violator } = take(states.server, event);
    states.server = after;
    return violator;
  }

  function mark(by: Role, text: string): void {
    entries.push(leftNote(place, by, `exchange ${exchange()}: the ${by === 'client' ? 'device' : 'server'} ${text}`));
  }

  return {
    get client() {
      return states.client;
    },
    get server() {
      return states.server;
    },
    get isKnown() {
      return isKnown;
    },
    kindOf: (policyKey) => kinds.get(policyKey) ?? null,
    hear(event, roles, misfit = () => `says ${event.type}, which fits nothing here`) {
      if (event.type !== 'CommandAdmitted') isKnown = true;
      const text = misfit();
      const [violator] = roles.map((role) => hearOf(role, event)).filter((by) => by !== null);
      if (violator) mark(violator, text);
      if (event.type === 'PolicyOffered' && !kinds.has(event.policyKey)) kinds.set(event.policyKey, 'temporary');
      if (event.type === 'PermanentKeyIssued' && !kinds.has(event.policyKey)) kinds.set(event.policyKey, 'permanent');
    },
    resume(policyKey, text) {
      if (policyKey === NO_POLICY_KEY) return;
      isKnown = true;
      if (!kinds.has(policyKey)) kinds.set(policyKey, 'permanent');
      states.client = resume('client', policyKey, { limits });
      states.server = resume('server', policyKey, { limits });
      entries.push({ kind: 'Note', ...place, by: 'client', text, state: states.client });
      entries.push({ kind: 'Note', ...place, by: 'server', text, state: states.server });
    },
    note: (by, text) => entries.push({ kind: 'Note', ...place, by, text }),
    mark,
    take() {
      const taken = entries;
      entries = [];
      return taken;
    },
  };
}
