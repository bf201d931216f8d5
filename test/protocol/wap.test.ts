import { expect, test } from 'vitest';
import { wapElements } from '../../src/codec/xml/wap-elements.js';
import { wapElementNames, wholeMinutes } from '../../src/protocol/wap.js';

test('the elements are those that the coder writes, and the password itself', () => {
  expect(new Set(['DevicePasswordEnabled', ...Object.keys(wapElements)])).toEqual(wapElementNames);
});

test.each([
  [0, 1],
  [59, 1],
  [119, 1],
  [120, 2],
  [9998, 166],
])('%i seconds are %i minutes', (seconds, minutes) => {
  expect(wholeMinutes(seconds)).toBe(minutes);
});
