import type { Role } from '../../machines/index.js';
import type { Entry } from '../timeline/entry.js';

/** One agreement that entries speak of, and which sides of it were seen. */
export interface Session {
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
}

/** In the order in which they appear. */
export function sessionsOf(entries: readonly Entry[]): readonly Session[] {
  const found = new Map<string, Set<Role>>();
  for (const entry of entries) {
    const roles = found.get(entry.session) ?? new Set();
    if (entry.kind === 'Transition') roles.add(entry.role);
    if (entry.kind === 'Note' && entry.state) roles.add(entry.state.context.role);
    found.set(entry.session, roles);
  }
  return [...found].map(([name, roles]) => ({ name, roles }));
}

/** Whether all can be shown as one: no side was seen twice, as of one device and its server, attached apart. */
export function areOne(sessions: readonly Session[]): boolean {
  const seen = sessions.flatMap(({ roles }) => [...roles]);
  return sessions.length < 2 || (seen.length > 0 && seen.length === new Set(seen).size);
}

/** The entries of one session; all for null. */
export function entriesOf(entries: readonly Entry[], session: string | null): readonly Entry[] {
  return session === null ? entries : entries.filter((entry) => entry.session === session);
}
