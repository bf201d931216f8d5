import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWbxml, wbxml } from '../../../src/codec/wbxml/index.js';
import { fromHex } from '../../support/hex.js';
import { legacyTags, spelling, tree, unassignedTags } from './trees.js';
import { vectors } from './vectors.js';

const lenient = createWbxml({ legacy: true });

describe('what is written is read', () => {
  test('any tree comes back', () => {
    fc.assert(
      fc.property(tree, (tree) => {
        const encoded = wbxml.encode(tree);
        expect(encoded.ok && wbxml.decode(encoded.value)).toEqual({ ok: true, value: tree });
      }),
      { numRuns: 1000 },
    );
  });

  test('every spelling of a tree is read alike, and written as the one', () => {
    fc.assert(
      fc.property(spelling, ({ tree, bytes }) => {
        const decoded = wbxml.decode(bytes);
        expect(decoded).toEqual({ ok: true, value: tree });
        expect(decoded.ok && wbxml.encode(decoded.value)).toEqual(wbxml.encode(tree));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(Object.entries(vectors))('%s', (_, { bytes, tree }) => {
    expect(wbxml.decode(bytes)).toEqual({ ok: true, value: tree });
    expect(wbxml.encode(tree)).toEqual({ ok: true, value: bytes });
  });

  test('tags that no page assigns survive', () => {
    for (const { name, page, token } of unassignedTags) {
      const bytes = Uint8Array.from([...fromHex('03 01 6A 00'), ...(page === 0 ? [] : [0x00, page]), token]);
      expect(wbxml.decode(bytes)).toEqual({ ok: true, value: { name, content: null } });
      expect(wbxml.encode({ name, content: null })).toEqual({ ok: true, value: bytes });
    }
  });

  test('legacy tags are read by all, and written where asked for', () => {
    for (const { name, page, token } of legacyTags) {
      const bytes = Uint8Array.from([...fromHex('03 01 6A 00'), ...(page === 0 ? [] : [0x00, page]), token]);
      expect(wbxml.decode(bytes)).toEqual({ ok: true, value: { name, content: null } });
      expect(wbxml.encode({ name, content: null })).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_NAME' } });
      expect(lenient.encode({ name, content: null })).toEqual({ ok: true, value: bytes });
    }
  });
});

describe('any input is answered', () => {
  /** Bytes that mean something are likelier than others. */
  const token = fc.oneof(fc.constantFrom(0x00, 0x01, 0x03, 0x05, 0x45, 0x4b, 0xc3), fc.nat(0xff));
  const soup = fc
    .array(token, { maxLength: 60 })
    .map((bytes) => Uint8Array.from([...fromHex('03 01 6A 00'), ...bytes]));

  test('with a tree that can be written and read again, or a problem at a place in the input', () => {
    const bytes = fc.oneof({ weight: 1, arbitrary: fc.uint8Array() }, { weight: 9, arbitrary: soup });
    fc.assert(fc.property(bytes, expectAnswer), { numRuns: 5000 });
  });

  test.each(Object.entries(vectors))('and each byte of %s, changed to any other', (_, { bytes }) => {
    for (let at = 0; at < bytes.length; at++) {
      const mutated = bytes.slice();
      for (let byte = 0; byte <= 0xff; byte++) {
        mutated[at] = byte;
        expectAnswer(mutated);
      }
    }
  });

  test.each(Object.entries(vectors))('and %s, cut off anywhere, is truncated there', (_, { bytes }) => {
    for (let length = 0; length < bytes.length; length++) expectTruncated(bytes.subarray(0, length));
  });

  test('and so is any spelling of any tree', () => {
    fc.assert(
      fc.property(spelling, fc.nat(), ({ bytes }, length) => expectTruncated(bytes.subarray(0, length % bytes.length))),
    );
  });

  function expectTruncated(bytes: Uint8Array): void {
    expect(wbxml.decode(bytes)).toMatchObject({
      ok: false,
      error: { code: 'ERR_WBXML_TRUNCATED', offset: bytes.length },
    });
  }

  /** Called so often that only what is wrong goes through `expect`. */
  function expectAnswer(bytes: Uint8Array): void {
    const decoded = wbxml.decode(bytes);
    if (!decoded.ok) {
      const { code, offset = -1 } = decoded.error;
      if (!code.startsWith('ERR_WBXML_') || offset < 0 || offset > bytes.length) expect.fail(`${code} at ${offset}`);
      return;
    }
    const canonical = lenient.encode(decoded.value);
    const again = canonical.ok ? wbxml.decode(canonical.value) : canonical;
    const repeated = again.ok ? lenient.encode(again.value) : again;
    if (!canonical.ok || !repeated.ok || Buffer.compare(canonical.value, repeated.value) !== 0) {
      expect(repeated).toEqual(canonical);
      expect.fail('what was read cannot be written');
    }
    if (canonical.value.length > bytes.length) expect.fail('longer than what was read');
  }
});
