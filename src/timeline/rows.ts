/** The rows of a sequence chart: messages and notes in order, each with the transitions it led to. */
import type { Role } from '../../machines/index.js';
import type { Entry, FateEntry, MessageEntry, NoteEntry, TransitionEntry } from './entry.js';

/** One row; `index` is where its entry stands in the list. */
export type ChartRow = MessageRow | NoteRow | TransitionRow;

interface Row {
  readonly index: number;
  /** What it led to on either side, in order; `role` says on which. */
  readonly transitions: readonly TransitionEntry[];
}

export interface MessageRow extends Row {
  readonly kind: 'Message';
  readonly message: MessageEntry;
  readonly from: Role;
  readonly to: Role;
  /** Null while it is under way, and where nothing is said of fates. */
  readonly fate: Extract<FateEntry['fate'], 'Delivered' | 'Lost'> | null;
  /** When it met its fate, in milliseconds since the beginning. */
  readonly settledAt: number | null;
  /** Whether others went before it. */
  readonly isDelayed: boolean;
  /** Whether a second copy of it was put on the wire. */
  readonly isRepeated: boolean;
}

export interface NoteRow extends Row {
  readonly kind: 'Note';
  readonly note: NoteEntry;
}

/** Transitions that nothing before them led to. */
export interface TransitionRow extends Row {
  readonly kind: 'Transition';
}

/**
 * Entries of one session as rows. A transition belongs to what came last before it: a message that arrived, or of which
 * no fate is told, or a note.
 */
export function rowsOf(entries: readonly Entry[]): readonly ChartRow[] {
  const rows: Draft[] = [];
  const messages = new Map<number, MessageDraft>();
  let cause: Draft | null = null;
  for (const [index, entry] of entries.entries()) {
    switch (entry.kind) {
      case 'Message': {
        const row = messageRow(index, entry);
        messages.set(entry.id, row);
        rows.push(row);
        cause = row;
        break;
      }
      case 'Fate': {
        const row = messages.get(entry.message);
        if (!row) break;
        meet(row, entry);
        if (entry.fate === 'Delivered') cause = row;
        break;
      }
      case 'Note':
        cause = { kind: 'Note', index, note: entry, transitions: [] };
        rows.push(cause);
        break;
      case 'Transition':
        if (cause === null) {
          cause = { kind: 'Transition', index, transitions: [] };
          rows.push(cause);
        }
        cause.transitions.push(entry);
    }
  }
  return rows;
}

type Growing<R extends Row> = { -readonly [Field in keyof R]: R[Field] } & { transitions: TransitionEntry[] };
type MessageDraft = Growing<MessageRow>;
type Draft = MessageDraft | Growing<NoteRow> | Growing<TransitionRow>;

function messageRow(index: number, message: MessageEntry): MessageDraft {
  const [from, to] =
    message.direction === 'request' ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const fate = { fate: null, settledAt: null, isDelayed: false, isRepeated: false };
  return { kind: 'Message', index, message, from, to, ...fate, transitions: [] };
}

function meet(row: MessageDraft, { fate, at }: FateEntry): void {
  switch (fate) {
    case 'Delivered':
    case 'Lost':
      row.fate = fate;
      row.settledAt = at;
      break;
    case 'Delayed':
      row.isDelayed = true;
      break;
    case 'Repeated':
      row.isRepeated = true;
  }
}
