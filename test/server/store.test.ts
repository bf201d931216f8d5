import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, type Stored } from '../../src/server/store.js';

const keys = fc.constantFrom('a', 'b', 'A', '', '__proto__', 'user%40example.test/device0001');
const operations = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('get'), key: keys }),
    fc.record({ kind: fc.constant('remove'), key: keys, expected: fc.constantFrom(0, 1, 2) }),
    fc.record({
      kind: fc.constant('put'),
      key: keys,
      /** What the writer believes: the version now, null for none yet, or one of long ago or never. */
      expected: fc.constantFrom('now', null, 0, 1, 2, 7),
      data: fc.string(),
    }),
  ),
  { maxLength: 60 },
);

test('compare and set: it does what a table of rows would do', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const store = createMemoryStore();
      const model = new Map<string, Stored>();
      for (const step of steps) {
        const { key } = step;
        const known = model.get(key) ?? null;
        if (step.kind === 'remove') {
          expect(store.remove(key, step.expected)).toBe(known?.version === step.expected);
          if (known?.version === step.expected) model.delete(key);
          continue;
        }
        if (!('expected' in step)) {
          expect(store.get(key)).toEqual(known);
          continue;
        }
        const expected = step.expected === 'now' ? (known?.version ?? null) : Number(step.expected);
        const believed = step.expected === null ? null : expected;
        const fits = believed === (known?.version ?? null);
        expect(store.put(key, believed, step.data)).toBe(fits);
        if (fits) model.set(key, { version: (known?.version ?? 0) + 1, data: step.data });
        expect(store.size).toBe(model.size);
      }
      expect(Array.from(store.keys() as Iterable<string>).sort()).toEqual([...model.keys()].sort());
      for (const [key, stored] of model) expect(store.get(key)).toEqual(stored);
    }),
  );
});

test('of many writers who read the same version, one writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 2, max: 9 }), (earlier, writers) => {
      const store = createMemoryStore();
      for (let n = 0; n < earlier; n++) store.put('k', n === 0 ? null : n, 'earlier');
      const read = earlier === 0 ? null : earlier;
      const written = Array.from({ length: writers }, (_, n) => store.put('k', read, `writer ${n}`));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect(store.get('k')).toEqual({ version: earlier + 1, data: 'writer 0' });
    }),
  );
});

describe('of several records', () => {
  function three() {
    const store = createMemoryStore();
    for (const key of ['a', 'b', 'c']) store.put(key, null, `${key} one`);
    return store;
  }

  test('one is written over and the others stay', () => {
    const store = three();
    expect(store.put('b', 1, 'b two')).toBe(true);
    expect(['a', 'b', 'c'].map(store.get)).toEqual([
      { version: 1, data: 'a one' },
      { version: 2, data: 'b two' },
      { version: 1, data: 'c one' },
    ]);
  });

  test('one is removed, by its last version only, and begins anew at version 1', () => {
    const store = three();
    store.put('b', 1, 'b two');
    expect([1, 3].map((expected) => store.remove('b', expected))).toEqual([false, false]);
    expect(store.get('b')).toEqual({ version: 2, data: 'b two' });
    expect([store.remove('b', 2), store.remove('b', 2), store.get('b'), store.size]).toEqual([true, false, null, 2]);
    expect([store.put('d', null, 'd one'), store.put('b', 2, 'b three'), store.put('b', null, '')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(['a', 'b', 'c', 'd'].map(store.get)).toEqual([
      { version: 1, data: 'a one' },
      { version: 1, data: '' },
      { version: 1, data: 'c one' },
      { version: 1, data: 'd one' },
    ]);
  });
});

test('two stores share nothing', () => {
  const [one, other] = [createMemoryStore(), createMemoryStore()];
  one.put('k', null, 'here');
  expect([other.get('k'), other.size, one.size]).toEqual([null, 0, 1]);
});
