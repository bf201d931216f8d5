import { faultIn, lawOf, type Target } from './target.js';

/** The smallest input found that breaks the same law: the first simpler one that does, again and again, `tries` times at most. */
export async function minimised<Input>(
  target: Target<Input>,
  input: Input,
  fault: string,
  tries: number,
): Promise<{ readonly input: Input; readonly fault: string }> {
  let smallest = { input, fault };
  for (let left = tries, isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of target.simpler(smallest.input)) {
      if (left-- === 0) return smallest;
      const found = await faultIn(target, candidate);
      if (found === null || lawOf(found) !== lawOf(fault)) continue;
      smallest = { input: candidate, fault: found };
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** The sequence without one part after the other, large parts first. */
export function* shorter<Sequence extends { readonly length: number }>(
  sequence: Sequence,
  without: (from: number, to: number) => Sequence,
): Generator<Sequence> {
  const { length } = sequence;
  for (let size = length; size > 0; size = size >> 1) {
    for (let from = 0; from + size <= length; from += size) yield without(from, from + size);
  }
}

export function* simplerBytes(bytes: Uint8Array): Generator<Uint8Array> {
  yield* shorter(bytes, (from, to) => Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]));
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) yield bytes.map((byte, index) => (index === at ? 0 : byte));
  }
}

export function* simplerText(text: string): Generator<string> {
  yield* shorter(text, (from, to) => text.slice(0, from) + text.slice(to));
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) > 'a') yield `${text.slice(0, at)}a${text.slice(at + 1)}`;
  }
}

export function* simplerList<Item>(
  items: readonly Item[],
  simpler: (item: Item) => Iterable<Item> = () => [],
): Generator<readonly Item[]> {
  yield* shorter(items, (from, to) => [...items.slice(0, from), ...items.slice(to)]);
  for (const [at, item] of items.entries()) {
    for (const smaller of simpler(item)) yield items.map((kept, index) => (index === at ? smaller : kept));
  }
}

/** A JSON value, a part of it, or one with a part simpler. */
export function* simplerJson(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* simplerText(value);
  else if (typeof value === 'number' && value !== 0) yield* [0, Math.trunc(value / 2)].filter((half) => half !== value);
  else if (Array.isArray(value)) yield* simplerList<unknown>(value, simplerJson);
  else if (value instanceof Uint8Array) yield* simplerBytes(value);
  else if (typeof value === 'object' && value !== null) {
    for (const entries of simplerList(Object.entries(value), simplerEntry)) yield Object.fromEntries(entries);
  }
}

function* simplerEntry([key, value]: [string, unknown]): Generator<[string, unknown]> {
  for (const simpler of simplerJson(value)) yield [key, simpler];
}
