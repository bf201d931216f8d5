import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createColumn, createRowSet } from '../../src/explore/columns.js';

const row = fc.tuple(fc.nat(3), fc.nat(40), fc.nat(2));

test('a row has one number, which is the order in which it first came', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 400, size: 'max' }), (rows) => {
      const set = createRowSet(3);
      const order: string[] = [];
      for (const values of rows) {
        const name = values.join();
        if (!order.includes(name)) order.push(name);
        expect(set.add(Int32Array.from(values))).toBe(order.indexOf(name));
      }
      expect(set.size).toBe(order.length);
      const found = new Int32Array(3);
      for (const [index, name] of order.entries()) {
        set.read(index, found);
        expect(found.join()).toBe(name);
        expect(set.find(found)).toBe(index);
      }
      expect(set.find(Int32Array.of(9, 9, 9))).toBe(-1);
    }),
    { numRuns: 50 },
  );
});

test('it grows past its first table and its first piece', () => {
  const set = createRowSet(2);
  const count = 70_000;
  for (let value = 0; value < count; value++) set.add(Int32Array.of(value & 255, value >> 8));
  expect(set.size).toBe(count);
  const last = new Int32Array(2);
  set.read(count - 1, last);
  expect([...last]).toEqual([(count - 1) & 255, (count - 1) >> 8]);
  for (const value of [0, 16_384, 65_536]) expect(set.find(Int32Array.of(value & 255, value >> 8))).toBe(value);
});

test('a column keeps what it is given, over pieces', () => {
  const column = createColumn();
  for (let value = 0; value < 70_000; value++) column.push(value * 3);
  column.set(65_536, -1);
  expect([column.length, column.at(0), column.at(65_535), column.at(65_536), column.at(69_999)]).toEqual([
    70_000, 0, 196_605, -1, 209_997,
  ]);
});
