import { expect, test } from 'vitest';
import { isWbxmlText } from '../../src/protocol/wbxml-text.js';

test.each(['', 'a', 'ß', '📱', '\u0001', '\ufffd', 'x'.repeat(5000)])('%j can be carried', (text) => {
  expect(isWbxmlText(text)).toBe(true);
});

test.each(['\0', 'a\0b', '\ud83d', '\udcf1', '\udcf1\ud83d', 7, null, undefined, ['a']])('%j can not', (value) => {
  expect(isWbxmlText(value)).toBe(false);
});
