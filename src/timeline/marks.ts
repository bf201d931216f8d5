/** Where a timeline left the specification, or broke a promise: said by notes, and by the machine itself. */
import type { ProvisioningEvent, Role } from '../../machines/index.js';
import type { Entry, NoteEntry, TransitionEntry } from './entry.js';
import type { EntryPlace } from './messages.js';
import { departureIn } from './retell.js';

/** How the text of a note begins that is a mark. */
export const markPrefixes = { left: 'Outside the specification: ', broken: 'Broken promise: ' } as const;

/** One place to look at. */
export interface Mark {
  /** The place of the entry in the timeline, from 0 on. */
  readonly index: number;
  readonly session: string;
  /** Who did it; null for a promise, which both sides keep together. */
  readonly by: Role | null;
  /** Without the prefix. */
  readonly text: string;
}

/** A note that one side left the specification. */
export function leftNote({ at, session }: EntryPlace, by: Role, text: string): NoteEntry {
  return { kind: 'Note', at, session, by, text: `${markPrefixes.left}${text}` };
}

/** A note that a promise does not hold. */
export function brokenNote({ at, session }: EntryPlace, text: string): NoteEntry {
  return { kind: 'Note', at, session, by: 'environment', text: `${markPrefixes.broken}${text}` };
}

/** What a note marks; null for one that marks nothing. */
export function markOf({ by, text }: Pick<NoteEntry, 'by' | 'text'>): Pick<Mark, 'by' | 'text'> | null {
  const prefix = Object.values(markPrefixes).find((known) => text.startsWith(known));
  if (prefix === undefined) return null;
  return { by: by === 'client' || by === 'server' ? by : null, text: text.slice(prefix.length) };
}

/**
 * All marks of a timeline, in order. What the machine of a side calls a violation is one as well, once where both sides
 * say the same of one fact, unless a note of the session that follows says it in words.
 */
export function marksIn(entries: readonly Entry[]): readonly Mark[] {
  const marks: Mark[] = [];
  const untold = new Map<string, { readonly mark: Mark; readonly event: ProvisioningEvent['type'] }>();
  for (const [index, entry] of entries.entries()) {
    const { session } = entry;
    const earlier = untold.get(session);
    if (entry.kind === 'Transition') {
      const by = violatorOf(entry);
      if (by === null || earlier?.event === entry.event.type) continue;
      if (earlier) marks.push(earlier.mark);
      untold.set(session, { mark: { index, session, by, text: violationText(entry) }, event: entry.event.type });
      continue;
    }
    untold.delete(session);
    const mark = entry.kind === 'Note' ? markOf(entry) : null;
    if (mark) marks.push({ index, session, ...mark });
    else if (earlier) marks.push(earlier.mark);
  }
  marks.push(...[...untold.values()].map(({ mark }) => mark));
  return marks.sort((one, other) => one.index - other.index);
}

/** Whose fault it is that a fact fits no state; null where it fits. */
export function violatorOf(entry: TransitionEntry): Role | null {
  const departure = departureIn(entry);
  return departure && (departure.fault === 'local' ? entry.role : departure.fault);
}

/** `PermanentKeyIssued 7 fits no agreement that is Unprovisioned`. */
export function violationText({ event, before }: Pick<TransitionEntry, 'event' | 'before'>): string {
  const { policyKey } = before.context;
  return `${factText(event)} does not fit ${before.name}${policyKey === '0' ? '' : ` under key ${policyKey}`}`;
}

/** A fact with what it names, the policy and its revision excepted: `PolicyAcknowledged 7, status 1`. */
export function factText(event: ProvisioningEvent): string {
  const { type, ...fields } = event;
  const shown = Object.entries(fields).flatMap(([name, value]) => {
    if (name === 'policy' || name === 'revision' || value === undefined || value === false) return [];
    return bare.has(name) ? [String(value)] : [value === true ? name : `${name} ${String(value)}`];
  });
  return [type, shown.join(', ')].filter(Boolean).join(' ');
}

/** Fields that need no name. */
const bare: ReadonlySet<string> = new Set(['policyKey', 'scope', 'reason', 'fault']);
