import { describe, expect, test } from 'vitest';
import { createWbxml, type WbxmlLimits } from '../../../src/codec/wbxml/index.js';
import { completeOptions, defaultOptions } from '../../../src/codec/wbxml/limits.js';
import type { Element } from '../../../src/protocol/element.js';

const unlimited: WbxmlLimits = { bytes: 1e9, depth: 1e9, elements: 1e9, text: 1e9 };

/** Documents that cost exactly `size` of one limit. */
const costing: Record<keyof WbxmlLimits, (size: number) => Element> = {
  bytes: (size) => sync('a'.repeat(size - 8)),
  depth: (size) => (size === 1 ? sync(null) : sync([costing.depth(size - 1)])),
  elements: (size) => sync(Array.from({ length: size - 1 }, () => sync(null))),
  text: (size) => sync('a'.repeat(size)),
};

describe.each(Object.keys(costing) as (keyof WbxmlLimits)[])('the limit of %s', (name) => {
  const limit = 20;
  const coder = createWbxml({ ...unlimited, [name]: limit });

  test('is met by what costs as much', () => {
    const tree = costing[name](limit);
    const bytes = encoded(tree);
    expect(coder.encode(tree)).toEqual({ ok: true, value: bytes });
    expect(coder.decode(bytes)).toEqual({ ok: true, value: tree });
  });

  test('is broken by one more', () => {
    const tree = costing[name](limit + 1);
    expect(coder.encode(tree)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_LIMIT' } });
    expect(coder.decode(encoded(tree))).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_LIMIT' } });
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is not %d', (value) => {
    const mistake = new TypeError(`WBXML limit ${name}: expected a positive integer`);
    expect(() => createWbxml({ [name]: value })).toThrow(mistake);
  });

  test('may be 1', () => {
    expect(completeOptions({ [name]: 1 })).toEqual({ ...defaultOptions, [name]: 1 });
  });
});

describe('the limit of text counts bytes', () => {
  const coder = createWbxml({ text: 4 });
  const refused = { ok: false, error: { code: 'ERR_WBXML_LIMIT' } };

  test.each([
    ['text as UTF-8', sync('ää'), sync('ääa')],
    ['opaque bytes', sync(new Uint8Array(4)), sync(new Uint8Array(5))],
  ])('of %s', (_, least, more) => {
    expect(coder.decode(encoded(least))).toEqual({ ok: true, value: least });
    expect(coder.encode(least)).toEqual({ ok: true, value: encoded(least) });
    expect(coder.decode(encoded(more))).toMatchObject(refused);
    expect(coder.encode(more)).toMatchObject(refused);
  });

  test.each([
    ['text', [0x03, 0x61, 0x61, 0x00]],
    ['opaque bytes', [0xc3, 0x02, 0x61, 0x61]],
  ])('of all adjacent %s together', (_, run) => {
    const document = (times: number) => [0x03, 0x01, 0x6a, 0x00, 0x45, ...Array(times).fill(run).flat(), 0x01];
    expect(coder.decode(Uint8Array.from(document(2))).ok).toBe(true);
    expect(coder.decode(Uint8Array.from(document(3)))).toMatchObject(refused);
  });
});

test('the limit of depth counts elements inside each other, not beside each other', () => {
  const branch = sync([sync(null)]);
  const coder = createWbxml({ depth: 3 });
  const tree = sync([branch, branch, branch]);
  expect(coder.decode(encoded(tree))).toEqual({ ok: true, value: tree });
  const deeper = encoded(sync([branch, sync([branch])]));
  expect(coder.decode(deeper)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_LIMIT' } });
});

test('what is not given is the default', () => {
  expect(completeOptions({})).toEqual(defaultOptions);
  expect(completeOptions({ depth: 3 })).toEqual({ ...defaultOptions, depth: 3 });
});

function sync(content: Element['content']): Element {
  return { name: 'AirSync:Sync', content };
}

function encoded(tree: Element): Uint8Array {
  const result = createWbxml(unlimited).encode(tree);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
