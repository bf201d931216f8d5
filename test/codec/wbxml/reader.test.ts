import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader } from '../../../src/codec/wbxml/reader.js';
import { Writer } from '../../../src/codec/wbxml/writer.js';
import { fromHex } from '../../support/hex.js';

describe('mb_u_int32', () => {
  test('any 32-bit integer is read as it was written', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (value) => {
        const writer = new Writer();
        writer.integer(value);
        const reader = new Reader(writer.close());
        expect(reader.integer()).toBe(value);
        expect(reader.at).toBe(reader.bytes.length);
      }),
    );
  });

  test.each([
    ['00', 0],
    ['7F', 0x7f],
    ['81 00', 0x80],
    ['FF 7F', 0x3fff],
    ['81 80 00', 0x4000],
    ['8F FF FF FF 7F', 0xffff_ffff],
    ['80 80 80 80 01', 1],
  ])('%s is %i', (hex, value) => {
    expect(new Reader(fromHex(hex)).integer()).toBe(value);
  });

  test.each([
    ['beyond 32 bits', '90 80 80 80 00'],
    ['of six bytes', '80 80 80 80 80 01'],
  ])('%s is refused', (_, hex) => {
    const reader = new Reader(fromHex(hex));
    expect(reader.integer()).toBeNull();
    expect(reader.failure).toMatchObject({ code: 'ERR_WBXML_INTEGER', offset: 0 });
  });

  test('that does not end is truncated', () => {
    const reader = new Reader(fromHex('81 80'));
    expect(reader.integer()).toBeNull();
    expect(reader.failure).toMatchObject({ code: 'ERR_WBXML_TRUNCATED', offset: 2 });
  });
});

describe('bytes that are expected', () => {
  test.each([
    ['come next', '03 01', true, 3],
    ['are the last', '03 01 6A', true, 4],
    ['end otherwise', '03 6A', false, 1],
    ['begin otherwise', '01 01', false, 1],
    ['are more than there are', '03 01 6A 00', false, 1],
  ])('are read if they come next: they %s', (_, expected, accepted, at) => {
    const reader = new Reader(fromHex('FF 03 01 6A'));
    reader.at = 1;
    expect(reader.accept([...fromHex(expected)])).toBe(accepted);
    expect(reader.at).toBe(at);
  });
});

describe('opaque bytes', () => {
  test('may be the last of the input', () => {
    const reader = new Reader(fromHex('C3 02 0A 0B'));
    reader.at = 1;
    expect(reader.opaque(2)).toEqual(Uint8Array.of(0x0a, 0x0b));
    expect(reader.at).toBe(4);
  });

  test('that end one byte beyond the input are truncated', () => {
    const reader = new Reader(fromHex('C3 03 0A 0B'));
    reader.at = 1;
    expect(reader.opaque(3)).toBeNull();
    expect(reader.failure).toMatchObject({ code: 'ERR_WBXML_TRUNCATED', offset: 4 });
  });
});

describe('token', () => {
  test('passes over page switches, and remembers the last', () => {
    const reader = new Reader(fromHex('00 12 00 0E 45'));
    expect(reader.token()).toBe(0x45);
    expect(reader.page).toBe(14);
  });

  test('refuses the first page that does not exist', () => {
    const reader = new Reader(fromHex('00 19 00 1A 45'));
    expect(reader.token()).toBeNull();
    expect(reader.failure).toMatchObject({ code: 'ERR_WBXML_PAGE', offset: 3 });
  });
});
