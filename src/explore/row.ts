/** A composed state as a row of numbers, and the one row that stands for all that differ in the names of keys. */
import type { WipeScope } from '../../machines/index.js';
import type { Bounds } from './bounds.js';
import { FRESH_KEY, MAX_KEYS, type Values } from './values.js';

/** The places of a row; the messages in flight come behind them, requests first. */
export const places = {
  record: 0,
  policy: 1,
  flags: 2,
  memory: 3,
  durable: 4,
  exchange: 5,
  command1: 6,
  command2: 7,
  verdict: 8,
  /** A request that an instance of the server has in hand, the record it read, and `pack`ed: policy, tries, stale. */
  node1: 9,
  node2: 12,
  requests: 15,
} as const;

export function widthOf({ inFlight }: Pick<Bounds, 'inFlight'>): number {
  return places.requests + 2 * inFlight;
}

export function commandPlacesOf({ commands }: Pick<Bounds, 'commands'>): readonly number[] {
  return [places.command1, places.command2].slice(0, commands);
}

export function nodePlacesOf({ servers }: Pick<Bounds, 'servers'>): readonly number[] {
  return [places.node1, places.node2].slice(0, servers);
}

/** What is left of the bounds, and what happened so far that cannot be seen otherwise. */
export interface Flags {
  readonly faults: number;
  readonly changes: number;
  /** Whether the process on the device has taken up nothing yet: 1 or 0. */
  readonly isUnfinished: number;
  /** The scopes that were ever ordered to be wiped: 1 the device, 2 the account. */
  readonly ordered: number;
  /** The scopes that the device ever wiped, likewise. */
  readonly wiped: number;
}

export function flagsOf({ faults, changes, isUnfinished, ordered, wiped }: Flags): number {
  return faults | (changes << 3) | (isUnfinished << 6) | (ordered << 7) | (wiped << 9);
}

const scopeBits = { device: 1, account: 2 } as const satisfies Record<WipeScope, number>;

/** The scopes that bits stand for. */
export function scopesIn(bits: number): ReadonlySet<WipeScope> {
  return new Set((['device', 'account'] as const).filter((scope) => (bits & scopeBits[scope]) !== 0));
}

export const faultsIn = (flags: number) => flags & 7;
export const changesIn = (flags: number) => (flags >> 3) & 7;
export const unfinishedIn = (flags: number) => (flags >> 6) & 1;
export const orderedIn = (flags: number) => (flags >> 7) & 3;
export const wipedIn = (flags: number) => flags >> 9;
export const orderedFlag = (scope: WipeScope) => scopeBits[scope] << 7;
export const wipedFlag = (scope: WipeScope) => scopeBits[scope] << 9;
export const FAULT = 1;
export const CHANGE = 1 << 3;
export const UNFINISHED = 1 << 6;

/** The third number of a node. */
export const nodeInfo = (policy: number, tries: number, isStale: number) => policy | (tries << 2) | (isStale << 5);
export const nodePolicy = (info: number) => info & 3;
export const nodeTries = (info: number) => (info >> 2) & 7;
export const STALE = 1 << 5;

export type RowTables = Readonly<
  Record<'records' | 'requests' | 'answers' | 'memories' | 'exchanges' | 'commands', Values<unknown>>
>;

/** Rows in order, in place. */
export interface Ordering {
  /** Puts messages and instances in order, and renames the keys by their first places: 1, 2, 3, … */
  canonical(row: Int32Array): void;
  /** Gives one key another name; whether it was there. */
  rename(row: Int32Array, from: number, to: number): boolean;
}

export function createOrdering(tables: RowTables, { inFlight }: Bounds): Ordering {
  const { records, requests, answers, memories, exchanges, commands } = tables;
  const names = new Uint8Array(FRESH_KEY + 1);
  const inOrder: readonly (readonly [place: number, values: Values<unknown>])[] = [
    [places.record, records],
    [places.memory, memories],
    [places.durable, memories],
    [places.exchange, exchanges],
    [places.node1, requests],
    [places.node1 + 1, records],
    [places.node2, requests],
    [places.node2 + 1, records],
    [places.command1, commands],
    [places.command2, commands],
    ...Array.from({ length: inFlight }, (_, at) => [places.requests + at, requests] as const),
    ...Array.from({ length: inFlight }, (_, at) => [places.requests + inFlight + at, answers] as const),
  ];

  function canonical(row: Int32Array): void {
    sortBag(row, places.requests, inFlight, requests);
    sortBag(row, places.requests + inFlight, inFlight, answers);
    sortNodes(row, requests);
    names.fill(0);
    let named = 0;
    let isSame = true;
    for (const [place, values] of inOrder) {
      const id = row[place]!;
      if (id === 0) continue;
      for (const key of values.keysOf(id)) {
        if (names[key] !== 0) continue;
        named += 1;
        names[key] = named;
        if (named !== key) isSame = false;
      }
    }
    if (named > MAX_KEYS) throw new RangeError('more keys alive than have names');
    if (!isSame) renameAll(row);
  }

  function renameAll(row: Int32Array): void {
    for (const [place, values] of inOrder) {
      const id = row[place]!;
      if (id !== 0) row[place] = values.renamed(id, names);
    }
  }

  return {
    canonical,
    rename(row, from, to) {
      if (!inOrder.some(([place, values]) => row[place] !== 0 && values.keysOf(row[place]!).includes(from)))
        return false;
      for (let name = 0; name <= FRESH_KEY; name++) names[name] = name;
      names[from] = to;
      renameAll(row);
      return true;
    },
  };
}

/** Messages in flight have no order; empty places come last. */
function sortBag(row: Int32Array, from: number, length: number, values: Values<unknown>): void {
  for (let at = from + 1; at < from + length; at++) {
    for (let place = at; place > from && isAfter(row[place - 1]!, row[place]!, values); place--) {
      swap(row, place - 1, place);
    }
  }
}

/** By shape first, which does not depend on the names of keys. */
function isAfter(one: number, other: number, values: Values<unknown>): boolean {
  if (one === 0 || other === 0) return one === 0 && other !== 0;
  const difference = values.shapeOf(one) - values.shapeOf(other);
  return difference === 0 ? one > other : difference > 0;
}

function sortNodes(row: Int32Array, requests: Values<unknown>): void {
  if (!isAfter(row[places.node1]!, row[places.node2]!, requests)) return;
  for (let at = 0; at < 3; at++) swap(row, places.node1 + at, places.node2 + at);
}

function swap(row: Int32Array, one: number, other: number): void {
  const kept = row[one]!;
  row[one] = row[other]!;
  row[other] = kept;
}
