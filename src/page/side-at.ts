import type { ProvisioningState, Role } from '../../machines/index.js';
import type { Entry, TransitionEntry } from '../timeline/entry.js';

/** One side at one time. */
export interface SideAt {
  readonly role: Role;
  /** Null while nothing is known of it. */
  readonly state: ProvisioningState | null;
  /** The fact that led here; null where none did. */
  readonly last: TransitionEntry | null;
}

/** How a side stands after these entries. */
export function sideAt(entries: readonly Entry[], role: Role, initial: ProvisioningState | null): SideAt {
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (entry?.kind === 'Transition' && entry.role === role) return { role, state: entry.after, last: entry };
    // A crash, or a loss of what was stored: no fact led there.
    const state = entry?.kind === 'Note' ? entry.state : undefined;
    if (state?.context.role === role) return { role, state, last: null };
  }
  return { role, state: initial, last: null };
}
