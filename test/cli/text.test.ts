import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookOf } from '../../src/cli/look.js';
import { cell, indented, printable, printableXml, problemText, shortKey } from '../../src/cli/text.js';
import { xmlView } from '../../src/codec/xml/index.js';
import { anyText } from '../support/arbitraries/text.js';

const someText = anyText();
const looks = [lookOf({ isFancy: false, columns: 80 }), lookOf({ isFancy: true, columns: 80 })];

test('no text of a peer moves the cursor', () => {
  fc.assert(
    fc.property(someText, (text) => {
      expect(printable(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('what is printable stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(printable(text)).toBe(text);
    }),
  );
});

test('a cell has its width, whatever stands in it', () => {
  fc.assert(
    fc.property(someText, fc.integer({ min: 2, max: 40 }), fc.constantFrom(...looks), (text, width, look) => {
      expect(cell(text, width, look)).toHaveLength(width);
    }),
  );
});

test('a key that is long is shown by its ends, any key in at most eight characters', () => {
  const [plain, fancy] = looks;
  expect(shortKey('1307199584', plain!)).toBe('130..584');
  expect(shortKey('1307199584', fancy!)).toBe('130…584');
  expect(shortKey('0', plain!)).toBe('0');
  fc.assert(
    fc.property(someText, (key) => {
      expect(shortKey(key, plain!).length).toBeLessThanOrEqual(8);
    }),
  );
});

test('XML for a terminal is the same document without control characters', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '<', '&', '\u007f', '\u009b', '\u0085', '\n', '\t', 'é'),
    minLength: 1,
  });
  fc.assert(
    fc.property(text, (content) => {
      const document = { name: 'FolderHierarchy:DisplayName', content };
      const xml = xmlView.encode(document);
      const shown = printableXml(xml.ok ? xml.value : '');
      expect(shown).not.toMatch(/[^\P{Cc}\n\t]/u);
      expect(xmlView.decode(shown)).toEqual({ ok: true, value: document });
    }),
  );
});

test('every line gets the margin', () => {
  expect(indented('a\n b\n', '  ')).toBe('  a\n   b\n  ');
});

test('a problem is told with its code and its place', () => {
  expect(problemText({ code: 'ERR_WBXML_TOKEN', message: 'no', offset: 7 })).toBe('ERR_WBXML_TOKEN at offset 7: no');
  expect(problemText({ code: 'ERR_POLICY_NAME', message: 'no', path: 'a/\u001b' })).toBe('ERR_POLICY_NAME in a/?: no');
  expect(problemText({ code: 'ERR_BASE64', message: 'no' })).toBe('ERR_BASE64: no');
});
