import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeAttribute,
  escapeText,
  faultyReference,
  foreignCharacter,
  isBlank,
  resolveReferences,
} from '../../../src/codec/xml/characters.js';
import { anyText } from '../../support/arbitraries/text.js';

describe('references', () => {
  it('resolve to what was escaped, whatever it is', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(resolveReferences(escapeText(text))).toBe(text);
        expect(resolveReferences(escapeAttribute(text))).toBe(text);
      }),
    );
  });

  it('are sound exactly when all name one of five entities or a character of XML', () => {
    const piece = fc.constantFrom('&', '#', 'x', '0', '41', 'D800', 'amp', 'lt', ';', 'a', '&#x41;', '&quot;');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const left = text.replace(/&(amp|lt|gt|quot|apos|#[1-9]\d*|#x0*41|#x0*D|#041);/g, (_, { length }) =>
          '.'.repeat(length + 2),
        );
        fc.pre(!/&#x?[\dA-F]*;/.test(left));
        expect(faultyReference(text)).toBe(left.indexOf('&'));
      }),
    );
  });

  it.each([
    ['&amp;', '&'],
    ['&lt;&gt;&quot;&apos;', `<>"'`],
    ['&#65;', 'A'],
    ['&#x1F600;', '\u{1F600}'],
    ['&#x10FFFF;', '\u{10FFFF}'],
    ['&#x0000000000A;', '\n'],
    ['&#13;', '\r'],
    ['&amp;amp;', '&amp;'],
  ])('%j is %j', (text, character) => {
    expect(faultyReference(text)).toBe(-1);
    expect(resolveReferences(text)).toBe(character);
  });

  it.each([
    '&',
    '&;',
    '&amp',
    '&AMP;',
    '&nbsp;',
    '&#;',
    '&#x;',
    '&#X41;',
    '&#0;',
    '&#xB;',
    '&#xD800;',
    '&#xFFFE;',
    '&#x110000;',
    '&#-1;',
    '&# 65;',
    '&#1e1;',
    '&#65a;',
    '&#x41g;',
    '&a#65;',
    '& amp;',
    '&constructor;',
  ])('%j is none', (text) => {
    expect(faultyReference(`text ${text}`)).toBe(5);
  });
});

describe('characters', () => {
  it('of XML 1.0 are found to be so, one by one', () => {
    const isCharacter = (code: number) =>
      [9, 10, 13].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      (code >= 0x1_0000 && code <= 0x10_ffff);
    const codes = Array.from({ length: 0x1_0002 }, (_, code) => code);
    const found = codes.filter((code) => foreignCharacter(`é${String.fromCodePoint(code)}`) === -1);
    expect(found).toEqual(codes.filter(isCharacter));
    expect(foreignCharacter('\u{10FFFF}')).toBe(-1);
  });

  it('white space is four of them', () => {
    expect(isBlank('')).toBe(true);
    expect(isBlank(' \t\r\n')).toBe(true);
    for (const other of ['a', '\v', '\f', '\u0085', '\u00A0', '\u2028', '\uFEFF'])
      expect(isBlank(` ${other}`)).toBe(false);
  });
});
