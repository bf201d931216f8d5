/** A message that is passed on as it came. */
export interface Passed {
  readonly data: Uint8Array;
  readonly isBinary: boolean;
}

/** What producers said, for pages that come later: within bounds, so that not all of it is kept. */
export interface History {
  /** Keeps a message of a producer, who is told apart by identity. */
  keep(producer: object, message: Passed): void;
  /** In the order in which it was said. */
  readonly messages: readonly Passed[];
}

/** Messages, and bytes in all. */
export interface HistoryBounds {
  readonly messages: number;
  readonly bytes: number;
  /** The first messages of a producer go last, because it begins by naming its actors. */
  readonly beginnings: number;
}

export function createHistory({ messages, bytes, beginnings }: HistoryBounds = defaultBounds): History {
  const kept: (Passed & { readonly isBeginning: boolean })[] = [];
  const counts = new WeakMap<object, number>();
  let size = 0;
  return {
    keep(producer, message) {
      const count = (counts.get(producer) ?? 0) + 1;
      counts.set(producer, count);
      kept.push({ ...message, isBeginning: count <= beginnings });
      size += message.data.length;
      while (kept.length > messages || size > bytes) {
        const oldest = kept.findIndex(({ isBeginning }) => !isBeginning);
        size -= kept.splice(Math.max(oldest, 0), 1)[0]?.data.length ?? 0;
      }
    },
    get messages() {
      return kept;
    },
  };
}

const defaultBounds: HistoryBounds = { messages: 2_000, bytes: 8 * 1024 * 1024, beginnings: 16 };
