import { describe, expect, it } from 'vitest';
import { type WapElement, wapElements } from '../../../src/codec/xml/wap-elements.js';
import { policyElements } from '../../../src/protocol/policy.js';

const rows: readonly (readonly [string, WapElement])[] = Object.entries(wapElements);

describe.each(rows)('%s', (element, row) => {
  it('is an element of a policy', () => {
    expect(policyElements).toHaveProperty(element);
  });

  it.each([0, 1, 2, 8, 61, 9998, 9999, true, false, null, undefined])(
    'writes its parms for %s, and reads what it wrote',
    (value) => {
      const written = row.write(value === undefined ? {} : { [element]: value });
      const again = row.read(new Map(Object.entries(written)));
      expect(row.parms).toEqual(expect.arrayContaining(Object.keys(written)));
      expect(row.write(again === undefined ? {} : { [element]: again })).toEqual(written);
    },
  );

  it('asks for nothing where it has no values', () => {
    expect(row.read(new Map())).toBeUndefined();
  });
});

it('every parm belongs to one element', () => {
  const parms = rows.flatMap(([, row]) => row.parms);
  expect(new Set(parms).size).toBe(parms.length);
});
