import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namePattern, tokenAt } from '../../../src/codec/xml/tokens.js';
import { prologLength } from '../../../src/codec/xml/well-formed.js';
import { limits, spelling } from './documents.js';

describe('tokenAt', () => {
  it('cuts a document into pieces without gaps, a start for every end', () => {
    fc.assert(
      fc.property(spelling, ({ xml }) => {
        const counts = { Blank: 0, Text: 0, Comment: 0, Start: 0, Empty: 0, End: 0 };
        let at = prologLength(xml);
        while (at < xml.length) {
          const token = tokenAt(xml, at, limits.attributes);
          if (!token.ok) expect.fail(token.error.message);
          expect(token.value.end).toBeGreaterThan(at);
          counts[token.value.kind]++;
          at = token.value.end;
        }
        expect(at).toBe(xml.length);
        expect(counts.Start).toBe(counts.End);
        expect(counts.Start + counts.Empty).toBeGreaterThan(0);
      }),
    );
  });

  it.each([
    ['<a>', 'Start', 'a'],
    ['<a b="1" c=\'>\' >', 'Start', 'a'],
    ['<a\r\n\tb = "1"/>', 'Empty', 'a'],
    ['</a\n>', 'End', 'a'],
    ['<!---->', 'Comment', ''],
    ['<!-- <a> & -->', 'Comment', ''],
    ['<![CDATA[]]>', 'Text', ''],
    ['<![CDATA[ ]] > <a> ]]]>', 'Text', ''],
    [' \t\r\n', 'Blank', ''],
    ['text &amp; >', 'Text', ''],
  ])('%j is one piece, whatever stands around it', (piece, kind, name) => {
    const found = tokenAt(`<x>${piece}<y>`, 3, 9);
    expect(found).toEqual({ ok: true, value: { kind, name, end: 3 + piece.length } });
  });

  it.each([
    ['<', 0],
    ['< a>', 0],
    ['<a', 2],
    ['<a b>', 2],
    ['<a b=1>', 2],
    ['<a b="1>', 2],
    ['<a =b="1">', 2],
    ['<a / >', 2],
    ['<a b="1" b="1">', 8],
    ['<a b="&"', 6],
    ['</a', 0],
    ['</ a>', 0],
    ['</a b="1">', 0],
    ['</a/>', 0],
    ['<!--', 0],
    ['<!-->', 0],
    ['<!--->', 0],
    ['<!-- -- -->', 0],
    ['<!-- --->', 0],
    ['<![CDATA[ ]]', 0],
    ['a & b', 2],
    ['a ]]> b', 2],
  ])('%j is none, and the fault is at %i', (text, offset) => {
    expect(tokenAt(text, 0, 9)).toMatchObject({ ok: false, error: { code: 'ERR_XML_SYNTAX', offset } });
  });

  it.each(['<!DOCTYPE a>', '<!doctype a>', '<!ENTITY a "b">', '<!ELEMENT a ANY>', '<![cdata[a]]>', '<!>'])(
    '%j is a declaration',
    (text) => {
      expect(tokenAt(text, 0, 9)).toMatchObject({ ok: false, error: { code: 'ERR_XML_DOCTYPE', offset: 0 } });
    },
  );
});

describe('namePattern', () => {
  it.each(['a', ':', '_', 'a:b', 'a-b.c1', 'é', '名', '\u{10000}', 'a·'])('%j is a name', (name) => {
    expect(namePattern.test(name)).toBe(true);
  });

  it.each(['', '1', '-', '.a', 'a b', 'a>', 'a\n', '×', '\uFEFF', 'a\u1680', '\u{F0000}', '#text', 'a='])(
    '%j is none',
    (name) => {
      expect(namePattern.test(name)).toBe(false);
    },
  );
});
