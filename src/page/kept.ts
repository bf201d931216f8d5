import type { Entry } from '../timeline/entry.js';

/** The last entries of a program that goes on telling, so that a page left open does not grow for ever. */
export interface Kept {
  /** One list, of which the first go. */
  readonly entries: readonly Entry[];
  /** How many went. */
  readonly gone: number;
  add(entry: Entry): void;
}

/** @param most how many are kept at least; a twentieth more before the first go, so that it happens seldom. */
export function createKept(most = MOST_ENTRIES): Kept {
  const entries: Entry[] = [];
  let gone = 0;
  return {
    entries,
    get gone() {
      return gone;
    },
    add(entry) {
      entries.push(entry);
      if (entries.length <= most * 1.05) return;
      gone += entries.splice(0, entries.length - most).length;
    },
  };
}

/** Some 1,500 agreements; about 50 MB. */
const MOST_ENTRIES = 20_000;
