import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Writer } from '../../../src/codec/wbxml/writer.js';
import { fromHex, toHex } from '../../support/hex.js';
import { text } from './trees.js';

function written(write: (writer: Writer) => unknown): Uint8Array {
  const writer = new Writer();
  write(writer);
  return writer.close();
}

test('text is what TextEncoder makes of it', () => {
  fc.assert(
    fc.property(text, (text) => {
      expect(written((writer) => expect(writer.text(text)).toBe(true))).toEqual(new TextEncoder().encode(text));
    }),
  );
});

test('so is every code unit alone, half a surrogate pair and NUL aside', () => {
  for (let unit = 1; unit <= 0xffff; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    const text = String.fromCharCode(unit);
    if (toHex(written((writer) => writer.text(text))) !== toHex(new TextEncoder().encode(text))) expect.fail(text);
  }
});

test.each(['\0', '\0\0', '\uD800', '\uDFFF'])('%j is refused', (text) => {
  expect(written((writer) => expect(writer.text(text)).toBe(false))).toHaveLength(0);
});

test('text with a NUL or a lone surrogate is refused, and nothing of it written', () => {
  const wrong = fc.constantFrom('\0', '\uD800', '\uDFFF');
  fc.assert(
    fc.property(text, wrong, text, (before, wrong, after) => {
      fc.pre(!/[\uDC00-\uDFFF]/.test(after.charAt(0)) && !/[\uD800-\uDBFF]/.test(before.at(-1) ?? ''));
      expect(written((writer) => expect(writer.text(before + wrong + after)).toBe(false))).toHaveLength(0);
    }),
  );
});

test('the buffer grows to any size', () => {
  const long = 'a'.repeat(300_000);
  const bytes = written((writer) => {
    writer.byte(0x03);
    writer.text(long);
    writer.bytes(new Uint8Array(300_000).fill(0x62));
    for (let count = 0; count < 300_000; count++) writer.byte(0x63);
  });
  expect(new TextDecoder().decode(bytes)).toBe(`\x03${long}${'b'.repeat(300_000)}${'c'.repeat(300_000)}`);
});

test('the buffer grows by what text takes as UTF-8', () => {
  const long = '€'.repeat(60_000);
  expect(written((writer) => writer.text(long))).toHaveLength(180_000);
});

test('documents do not share bytes, in turn or at the same time', () => {
  const first = new Writer();
  first.text('first');
  const second = new Writer();
  second.text('second');
  const closed = [first.close(), second.close(), written((writer) => writer.text('third!'))];
  expect(closed.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['first', 'second', 'third!']);
});

describe('integers take as few bytes as they can', () => {
  test.each([
    [0, '00'],
    [0x7f, '7F'],
    [0x80, '81 00'],
    [0x3fff, 'FF 7F'],
    [0x4000, '81 80 00'],
    [0xffff_ffff, '8F FF FF FF 7F'],
  ])('%i is %s', (value, hex) => {
    expect(written((writer) => writer.integer(value))).toEqual(fromHex(hex));
  });
});

test('the header is WBXML 1.3, public identifier 1, UTF-8, no string table', () => {
  expect(written((writer) => writer.header())).toEqual(fromHex('03 01 6A 00'));
});
