import type { Role } from '../../machines/index.js';
import type { Entry } from '../timeline/entry.js';

/** One agreement that entries speak of, and which sides of it were seen. */
export interface Session {
  readonly name: string;
  /** How many entries speak of it. */
  readonly size: number;
  readonly roles: ReadonlySet<Role>;
}

/** In the order in which they appear. */
export function sessionsOf(entries: readonly Entry[]): readonly Session[] {
  const found = new Map<string, { size: number; readonly roles: Set<Role> }>();
  for (const entry of entries) {
    const session = found.get(entry.session) ?? { size: 0, roles: new Set() };
    const { roles } = session;
    session.size += 1;
    if (entry.kind === 'Transition') roles.add(entry.role);
    if (entry.kind === 'Note' && entry.state) roles.add(entry.state.context.role);
    found.set(entry.session, session);
  }
  return [...found].map(([name, session]) => ({ name, ...session }));
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
