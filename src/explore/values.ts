/** Values as small numbers: each distinct one is kept once, and its policy keys can be renamed. */

export interface Values<T> {
  /** The number of a value, from 1 on; 0 is free to mean none. */
  of(value: T): number;
  at(id: number): T;
  /** The names of the keys in a value, in the order in which they stand in it, each once. */
  keysOf(id: number): readonly number[];
  /** The value with other names for its keys: `names[old]` is the new one. */
  renamed(id: number, names: ArrayLike<number>): number;
  /** Equal for two values that differ in the names of keys alone. */
  shapeOf(id: number): number;
  readonly size: number;
}

/** Keys are named by numbers from 1 on; 0 is no key and keeps its name. */
export const FRESH_KEY = 63;
/** So many keys can be alive in one state. */
export const MAX_KEYS = 15;

export function createValues<T>(name: string): Values<T> {
  const ids = new Map<string, number>();
  const values: T[] = [];
  const keys: (readonly number[])[] = [];
  const shapes: number[] = [];
  const renamings = new Map<number, number>();

  function of(value: T): number {
    const text = textOf(value);
    const known = ids.get(text);
    if (known !== undefined) return known;
    values.push(value);
    keys.push([...new Set(keysIn(value))]);
    const id = values.length;
    ids.set(text, id);
    shapes.push(0);
    return id;
  }

  function at(id: number): T {
    const value = values[id - 1];
    if (value === undefined) throw new RangeError(`${name}: no value ${id}`);
    return value;
  }

  const keysOf = (id: number) => keys[id - 1] ?? none;

  function renamed(id: number, names: ArrayLike<number>): number {
    const own = keysOf(id);
    let packed = 0;
    let isSame = true;
    for (const key of own) {
      const next = names[key] ?? 0;
      if (next !== key) isSame = false;
      packed = packed * (FRESH_KEY + 1) + next;
    }
    if (isSame) return id;
    const renaming = packed * 0x10_0000 + id;
    const known = renamings.get(renaming);
    if (known !== undefined) return known;
    const next = of(withKeys(at(id), names) as T);
    renamings.set(renaming, next);
    return next;
  }

  return {
    of,
    at,
    keysOf,
    renamed,
    shapeOf(id) {
      const known = shapes[id - 1];
      if (known !== undefined && known !== 0) return known;
      const names = new Uint8Array(FRESH_KEY + 1);
      for (const [order, key] of keysOf(id).entries()) names[key] = order + 1;
      const shape = renamed(id, names);
      shapes[id - 1] = shape;
      return shape;
    },
    get size() {
      return values.length;
    },
  };
}

/** A value as text, whatever the order of its fields. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_field, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

const none: readonly number[] = [];
const keyFields: ReadonlySet<string> = new Set(['policyKey', 'settledKey']);

function keysIn(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return none;
  return Object.entries(value).flatMap(([field, part]) => {
    if (!keyFields.has(field)) return keysIn(part);
    return typeof part === 'string' && part !== '0' ? [Number(part)] : none;
  });
}

function withKeys(value: unknown, names: ArrayLike<number>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => withKeys(part, names));
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => {
      const isKey = keyFields.has(field) && typeof part === 'string' && part !== '0';
      return [field, isKey ? String(names[Number(part)] ?? 0) : withKeys(part, names)];
    }),
  );
}
