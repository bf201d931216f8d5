import type { Entry } from '../timeline/entry.js';

/** What a page is to show: appended to, and kept within bounds by letting go of what is oldest. */
export interface Journal {
  append(...entries: readonly Entry[]): void;
  /** Nothing comes any more. */
  end(): void;
  readonly isEnded: boolean;
  /** The number of the first entry that is still kept: as many have fallen out before it. */
  readonly first: number;
  /** The number that the next entry gets. */
  readonly next: number;
  /** The entry of that number as a line of JSON; null where it is not kept, or not there yet. */
  line(number: number): string | null;
  /** Calls whenever something was appended, and at the end, until the function that it gives back is called. */
  follow(tell: () => void): () => void;
}

/** How much is kept: entries, and characters of JSON. */
export interface JournalBounds {
  readonly entries: number;
  readonly characters: number;
}

export function createJournal(bounds: JournalBounds = defaultBounds): Journal {
  const lines: string[] = [];
  const followers = new Set<() => void>();
  let first = 0;
  let characters = 0;
  let isEnded = false;
  const tell = () => {
    for (const follower of [...followers]) follower();
  };
  const add = (line: string) => {
    lines.push(line);
    characters += line.length;
    while (lines.length > bounds.entries || (characters > bounds.characters && lines.length > 1)) {
      characters -= lines.shift()?.length ?? 0;
      first += 1;
    }
  };
  return {
    append(...entries) {
      if (isEnded) return;
      for (const entry of entries) add(JSON.stringify(entry));
      tell();
    },
    end() {
      isEnded = true;
      tell();
    },
    get isEnded() {
      return isEnded;
    },
    get first() {
      return first;
    },
    get next() {
      return first + lines.length;
    },
    line: (number) => lines[number - first] ?? null,
    follow(follower) {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
  };
}

const defaultBounds: JournalBounds = { entries: 5_000, characters: 32 * 1024 * 1024 };
