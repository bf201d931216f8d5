import type { Entry } from '../timeline/entry.js';
import { part } from './element.js';
import { fatesOf, lateArrivals, underWay } from './fates.js';
import { isIdle } from './folded.js';
import { type MessageRow, messageRow } from './message-row.js';
import { noteRow } from './note-row.js';
import { moveByArrows } from './row-focus.js';
import { transitionRow } from './transition-row.js';

/** The exchange from above to below: a row for each entry; fates are drawn at their messages where that says it all. */
export interface Sequence {
  /** @param at how many of the entries have happened yet. */
  draw(entries: readonly Entry[], at: number): void;
  /** Whether an entry is folded away now, so that nobody sees it happen. */
  isFolded(entry: Entry): boolean;
}

/** @param onChoice told of the entry whose row a person opened or closed. */
export function createSequence(onChoice: (entry: Entry) => void): Sequence {
  const list = part('entries');
  // It scrolls, so that it has to be reachable.
  list.tabIndex = 0;
  const settle = moveByArrows(list);
  const earlier = part('earlier');
  const idle = idleChoice(() => draw(...drawn));
  const rows = new WeakMap<Entry, Row>();
  let isWhole = false;
  let drawn: readonly [readonly Entry[], number] = [[], 0];

  const rowOf = (entry: Entry, arrival = ''): Row => {
    const known = rows.get(entry);
    if (known) return known;
    const made = makeRow(entry, arrival);
    made.node.querySelector('summary')?.addEventListener('click', () => onChoice(entry));
    rows.set(entry, made);
    return made;
  };

  const draw = (entries: readonly Entry[], at: number): void => {
    const isFollowed = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    drawn = [entries, at];
    idle.count(entries);
    const late = lateArrivals(entries);
    const isShown = (entry: Entry) => (entry.kind !== 'Fate' || late.has(entry)) && !idle.isFolded(entry);
    const shown = entries.filter(isShown);
    const past = entries.slice(0, at);
    const fates = fatesOf(past);
    const happened = new Set(past);
    const isPast = at < entries.length;
    const pastShown = past.filter(isShown);
    const now = isPast ? pastShown.at(-1) : null;
    const last = Math.min(Math.max(pastShown.length + AHEAD, MOST_ROWS), shown.length);
    const kept = isWhole ? shown : shown.slice(Math.max(last - MOST_ROWS, 0), last);
    const nodes = kept.map((entry) => {
      const row = rowOf(entry, late.get(entry));
      if (entry.kind === 'Message') row.message?.draw(happened.has(entry) ? (fates.get(entry.id) ?? underWay) : null);
      row.node.classList.toggle('future', !happened.has(entry));
      row.node.classList.toggle('now', entry === now);
      return row.node;
    });
    earlier.hidden = kept.length === shown.length;
    earlier.textContent = `Show ${shown.length - kept.length} more entries`;
    list.hidden = nodes.length === 0;
    place(list, nodes);
    settle();
    if (isPast) reveal(list, now ? (rows.get(now)?.node ?? null) : null);
    else if (isFollowed) list.scrollTop = list.scrollHeight;
  };
  earlier.addEventListener('click', () => {
    isWhole = true;
    draw(...drawn);
  });
  return { draw, isFolded: idle.isFolded };
}

interface Row {
  readonly node: HTMLElement;
  readonly message: MessageRow | null;
}

/** More would make a page of a busy server slow. */
const MOST_ROWS = 400;

/** How many of them are still to come, at an earlier moment. */
const AHEAD = 100;

/** Pixels from the end of the list within which it follows what is added. */
const NEAR = 80;

function makeRow(entry: Entry, arrival: string): Row {
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
      return { node: noteRow({ ...entry, kind: 'Note', by: 'link', text: arrival }), message: null };
  }
}

/** What decides whether facts that changed nothing are shown: they are not, unless a person wants them. */
function idleChoice(onChange: () => void) {
  const node = part('idle');
  const box = node.querySelector('input');
  const words = node.querySelector('span');
  box?.addEventListener('change', onChange);
  return {
    isFolded: (entry: Entry) => !box?.checked && isIdle(entry),
    count(entries: readonly Entry[]) {
      const count = entries.filter(isIdle).length;
      node.hidden = count === 0;
      if (words) words.textContent = `Show facts that changed nothing (${count})`;
    },
  };
}

/** Scrolls the list alone, and only as far as it takes. */
function reveal(list: HTMLElement, row: HTMLElement | null): void {
  const from = row ? row.offsetTop - list.offsetTop : 0;
  const to = from + (row?.offsetHeight ?? 0);
  if (from < list.scrollTop) list.scrollTop = from;
  else if (to > list.scrollTop + list.clientHeight) list.scrollTop = to - list.clientHeight;
}

/** Changes only what differs, so that an open row stays open and the focus stays where it is. */
function place(list: HTMLElement, nodes: readonly HTMLElement[]): void {
  const kept = nodes.every((node, index) => (list.children[index] ?? null) === node || index >= list.children.length);
  if (kept && list.children.length <= nodes.length) list.append(...nodes.slice(list.children.length));
  else list.replaceChildren(...nodes);
}
