import type { Entry } from '../timeline/entry.js';
import { fatesOf, underWay } from './fates.js';
import { type MessageRow, messageRow } from './message-row.js';
import { noteRow } from './note-row.js';
import { transitionRow } from './transition-row.js';

/** The exchange from above to below: one row for each entry but fates, which are drawn at their messages. */
export interface Sequence {
  /** @param at how many of the entries have happened yet. */
  draw(entries: readonly Entry[], at: number): void;
}

/**
 * @param earlier the button that shows the rows left out of a long exchange.
 * @param onChoice told of the entry whose row a person opened or closed.
 */
export function createSequence(list: HTMLElement, earlier: HTMLElement, onChoice: (entry: Entry) => void): Sequence {
  const rows = new WeakMap<Entry, Row>();
  let isWhole = false;
  let drawn: readonly [readonly Entry[], number] = [[], 0];

  const rowOf = (entry: Entry): Row => {
    const known = rows.get(entry);
    if (known) return known;
    const made = makeRow(entry);
    made.node.querySelector('summary')?.addEventListener('click', () => onChoice(entry));
    rows.set(entry, made);
    return made;
  };

  const draw = (entries: readonly Entry[], at: number): void => {
    drawn = [entries, at];
    const shown = entries.filter(({ kind }) => kind !== 'Fate');
    const kept = isWhole ? shown : shown.slice(-MOST_ROWS);
    const past = entries.slice(0, at);
    const fates = fatesOf(past);
    const happened = new Set(past);
    const now = at < entries.length ? past.filter(({ kind }) => kind !== 'Fate').at(-1) : null;
    const nodes = kept.map((entry) => {
      const row = rowOf(entry);
      if (entry.kind === 'Message') row.message?.draw(happened.has(entry) ? (fates.get(entry.id) ?? underWay) : null);
      row.node.classList.toggle('future', !happened.has(entry));
      row.node.classList.toggle('now', entry === now);
      return row.node;
    });
    earlier.hidden = kept.length === shown.length;
    earlier.textContent = `Show ${shown.length - kept.length} earlier entries`;
    place(list, nodes);
  };
  earlier.addEventListener('click', () => {
    isWhole = true;
    draw(...drawn);
  });
  return { draw };
}

interface Row {
  readonly node: HTMLElement;
  readonly message: MessageRow | null;
}

/** More would make a page of a busy server slow. */
const MOST_ROWS = 400;

function makeRow(entry: Entry): Row {
  switch (entry.kind) {
    case 'Message': {
      const message = messageRow(entry);
      return { node: message.node, message };
    }
    case 'Transition':
      return { node: transitionRow(entry), message: null };
    case 'Note':
      return { node: noteRow(entry), message: null };
    case 'Fate':
      throw new TypeError('A fate has no row of its own');
  }
}

/** Changes only what differs, so that an open row stays open and the focus stays where it is. */
function place(list: HTMLElement, nodes: readonly HTMLElement[]): void {
  const kept = nodes.every((node, index) => (list.children[index] ?? null) === node || index >= list.children.length);
  if (kept && list.children.length <= nodes.length) list.append(...nodes.slice(list.children.length));
  else list.replaceChildren(...nodes);
}
