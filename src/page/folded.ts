import type { Entry } from '../timeline/entry.js';
import { departureIn } from '../timeline/index.js';
import { contextChanges } from './context-rows.js';

/** Whether an entry is a fact that changed nothing and asked for nothing; one that violates asks for a report. */
export function isIdle(entry: Entry): boolean {
  const known = judged.get(entry);
  if (known !== undefined) return known;
  const idle = entry.kind === 'Transition' && leadsNowhere(entry);
  judged.set(entry, idle);
  return idle;
}

/** An entry never changes, and there may be thousands. */
const judged = new WeakMap<Entry, boolean>();

function leadsNowhere(entry: Entry & { readonly kind: 'Transition' }): boolean {
  const { before, after, effects } = entry;
  if (effects.length > 0 || departureIn(entry)) return false;
  return before.name === after.name && contextChanges(before, after).length === 0;
}
