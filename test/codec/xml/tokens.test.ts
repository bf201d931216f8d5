import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namePattern, tokenAt } from '../../../src/codec/xml/tokens.js';
import { prologLength } from '../../../src/codec/xml/well-formed.js';
import { problem } from '../../../src/protocol/problem.js';
import { err } from '../../../src/protocol/result.js';
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
    ['<', 0, 'a < that begins no tag'],
    ['< a>', 0, 'a < that begins no tag'],
    ['<a', 2, 'a start tag that is not well-formed'],
    ['<a b>', 2, 'a start tag that is not well-formed'],
    ['<a b=1>', 2, 'a start tag that is not well-formed'],
    ['<a b="1>', 2, 'a start tag that is not well-formed'],
    ['<a =b="1">', 2, 'a start tag that is not well-formed'],
    ['<a / >', 2, 'a start tag that is not well-formed'],
    ['<a b="1" b="1">', 8, 'an attribute given twice'],
    ['<a b="&"', 6, 'an & that begins no reference'],
    ['</a', 0, 'an end tag that is not well-formed'],
    ['</ a>', 0, 'an end tag that is not well-formed'],
    ['</a b="1">', 0, 'an end tag that is not well-formed'],
    ['</a/>', 0, 'an end tag that is not well-formed'],
    ['<!--', 0, 'a comment without its end'],
    ['<!-->', 0, 'a comment without its end'],
    ['<!--->', 0, 'a comment without its end'],
    ['<!-- -- -->', 0, 'a comment without its end'],
    ['<!-- --->', 0, 'a comment without its end'],
    ['<![CDATA[ ]]', 0, 'a CDATA section without its end'],
    ['a & b', 2, 'an & that begins no reference'],
    ['a ]]> b', 2, ']]> outside a CDATA section'],
  ])('%j is none, and the fault is at %i: %s', (text, offset, message) => {
    expect(tokenAt(text, 0, 9)).toEqual(err(problem('ERR_XML_SYNTAX', message, { offset })));
  });

  it('a comment has an end of its own, whatever stands before it', () => {
    expect(tokenAt('a><!-- b', 2, 9)).toEqual(
      err(problem('ERR_XML_SYNTAX', 'a comment without its end', { offset: 2 })),
    );
  });

  it('a tag has as many attributes as are allowed, and no more', () => {
    const tag = '<a b="" c="">';
    expect(tokenAt(tag, 0, 2)).toEqual({ ok: true, value: { kind: 'Start', name: 'a', end: tag.length } });
    expect(tokenAt(tag, 0, 1)).toEqual(err(problem('ERR_XML_SIZE', 'more than 1 attributes', { offset: 7 })));
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
