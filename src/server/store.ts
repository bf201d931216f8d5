import type { Awaitable } from './ports.js';

/** What is stored for one device, and which write it comes from. */
export interface Stored {
  /** Grows by one with each write. */
  readonly version: number;
  /** A device record as text; opaque to the store. */
  readonly data: string;
}

/**
 * Where device records live: compare and set, two methods. Two requests of one device at once, on one node or on two,
 * are told apart by the version; the loser reads again. A rejected promise is answered with 503, and changes nothing.
 */
export interface Store {
  get(key: string): Awaitable<Stored | null>;
  /** Writes only if the record is still at `expected`, null for none yet; false when it is not. */
  put(key: string, expected: number | null, data: string): Awaitable<boolean>;
}

/**
 * Records in the memory of this process: for tests, demonstrations and single nodes that may forget. About 250 bytes a
 * provisioned device: columns instead of an object for each.
 */
export function createMemoryStore(): Store & { readonly size: number } {
  const rows = new Map<string, number>();
  const versions: number[] = [];
  const texts: string[] = [];
  return {
    get size() {
      return rows.size;
    },
    get(key) {
      const row = rows.get(key);
      return row === undefined ? null : { version: versions[row] ?? 0, data: texts[row] ?? '' };
    },
    put(key, expected, data) {
      const row = rows.get(key) ?? rows.size;
      const version = versions[row] ?? null;
      if (version !== expected) return false;
      if (version === null) rows.set(inOnePiece(key), row);
      versions[row] = (version ?? 0) + 1;
      texts[row] = inOnePiece(data);
      return true;
    },
  };
}

/** A text that was put together is a chain of pieces until it is looked into; in one piece it takes half the memory. */
function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}
