import type { Role, Transition } from '../../machines/index.js';
import type { TransitionEntry } from './entry.js';
import type { EntryPlace } from './messages.js';

/** A fact that a side took, as its adapter's `inspect` tells it. Redact the transition first where others may see it. */
export function transitionEntry({ at, session }: EntryPlace, transition: Transition): TransitionEntry {
  const { before, event, after, effects } = transition;
  const role: Role = before.context.role;
  return { kind: 'Transition', at, session, role, before, event, after, effects };
}
