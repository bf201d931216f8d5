import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  acknowledgmentsOf,
  deviceIdOf,
  deviceTypeOf,
  durationOf,
  gathered,
  portOf,
  versionOf,
  versionsOf,
} from '../../src/cli/arguments.js';
import { versions } from '../../src/protocol/version.js';

test('a port is every number of 16 bits and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -70_000, max: 140_000 }), (port) => {
      if (port >= 0 && port <= 65_535) expect(portOf(String(port))).toBe(port);
      else expect(() => portOf(String(port))).toThrow(InvalidArgumentError);
    }),
  );
});

test.each(['', ' 80', '80 ', '0x50', '8e1', '8.0', 'http', '000080'])('not a port: %j', (text) => {
  expect(() => portOf(text)).toThrow(InvalidArgumentError);
});

test('a list of versions is those versions, spaces or not', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...versions), { minLength: 1 }), (list) => {
      expect(versionsOf(list.join(', '))).toEqual(list);
      expect(list.map(versionOf)).toEqual(list);
    }),
  );
});

test.each(['', '14', '14.1,', '14.1;16.0', '15.0', 'constructor'])('not a list of versions: %j', (text) => {
  expect(() => versionsOf(text)).toThrow(InvalidArgumentError);
});

test('device id and type are those of the protocol', () => {
  expect(deviceIdOf('v140Device')).toBe('v140Device');
  expect(deviceTypeOf('SP')).toBe('SP');
  for (const text of ['', 'a-b', 'a'.repeat(33)]) expect(() => deviceIdOf(text)).toThrow(InvalidArgumentError);
  for (const text of ['', 'a b', 'ä', 'a'.repeat(33)]) expect(() => deviceTypeOf(text)).toThrow(InvalidArgumentError);
});

test('an option that comes several times gathers its values in order', () => {
  expect(['a', 'b', 'c'].reduce<readonly string[] | undefined>((all, text) => gathered(text, all), undefined)).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test('a duration is its number of units, above nothing and up to 366 days', () => {
  const units = [
    ['s', 1],
    ['m', 60],
    ['h', 3600],
    ['d', 86_400],
  ] as const;
  fc.assert(
    fc.property(fc.nat(999_999_999), fc.constantFrom(...units), (count, [unit, seconds]) => {
      const isFine = count > 0 && count * seconds <= 366 * 86_400;
      if (isFine) expect(durationOf(`${count}${unit}`)).toBe(count * seconds * 1000);
      else expect(() => durationOf(`${count}${unit}`)).toThrow(InvalidArgumentError);
    }),
  );
  expect(durationOf('30s')).toBe(30_000);
  expect(durationOf('8h')).toBe(28_800_000);
});

test.each(['', '30', 's', '-1s', '1.5h', '1e3s', '1 h', '1h30m', '1ms', '1S', '0s', '9999999999s'])(
  'not a duration: %j',
  (text) => {
    expect(() => durationOf(text)).toThrow(InvalidArgumentError);
  },
);

test('acknowledgments to accept are named, each as it is spelt', () => {
  expect(acknowledgmentsOf('partial')).toEqual({ partial: 'accept' });
  expect(acknowledgmentsOf('notApplied, externallyManaged')).toEqual({
    notApplied: 'accept',
    externallyManaged: 'accept',
  });
  for (const text of ['', 'applied', 'partial,', 'Partial', '__proto__', 'partial notApplied']) {
    expect(() => acknowledgmentsOf(text)).toThrow(InvalidArgumentError);
  }
});
