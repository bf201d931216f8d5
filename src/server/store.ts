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
  /** All keys that hold a record, in any order: only the administration's list needs it. */
  keys?(): AsyncIterable<string> | Iterable<string>;
  /** Deletes the record if it is still at `expected`, and says whether it was; without this a stranger's is written. */
  remove?(key: string, expected: number): Awaitable<boolean>;
}

/**
 * Records in the memory of this process: for tests, demonstrations and single nodes that may forget. About 250 bytes a
 * provisioned device: columns instead of an object for each.
 */
export function createMemoryStore(): Required<Store> & { readonly size: number } {
  const rows = new Map<string, number>();
  const versions: number[] = [];
  const texts: string[] = [];
  const free: number[] = [];

  function newRow(key: string): number {
    const row = free.pop() ?? versions.length;
    rows.set(inOnePiece(key), row);
    return row;
  }

  return {
    get size() {
      return rows.size;
    },
    get(key) {
      const row = rows.get(key);
      return row === undefined ? null : { version: versions[row]!, data: texts[row]! };
    },
    put(key, expected, data) {
      const known = rows.get(key);
      const version = known === undefined ? null : versions[known]!;
      if (version !== expected) return false;
      const row = known ?? newRow(key);
      versions[row] = (version ?? 0) + 1;
      texts[row] = inOnePiece(data);
      return true;
    },
    keys: () => [...rows.keys()],
    remove(key, expected) {
      const row = rows.get(key);
      if (row === undefined || versions[row] !== expected) return false;
      rows.delete(key);
      texts[row] = '';
      free.push(row);
      return true;
    },
  };
}

/** A text that was put together is a chain of pieces until it is looked into; in one piece it takes half the memory. */
function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}
