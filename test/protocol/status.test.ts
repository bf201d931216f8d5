import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeStatus, type StatusRow, type StatusScope, statuses } from '../../src/protocol/status.js';
import { isAtLeast } from '../../src/protocol/version.js';

const scopes = Object.keys(statuses) as readonly StatusScope[];

function numbersOf(scope: StatusScope): readonly number[] {
  return Object.keys(statuses[scope]).map(Number);
}

function rowsWhere(holds: (row: StatusRow) => boolean): readonly number[] {
  const rows: readonly (readonly [string, StatusRow])[] = Object.entries(statuses.Common);
  return rows.filter(([, row]) => holds(row)).map(([number]) => Number(number));
}

describe('the table', () => {
  test.each<[StatusScope, readonly number[]]>([
    ['Provision', [1, 2, 3]],
    ['Policy', [1, 2, 3, 4, 5]],
    ['Acknowledgment', [1, 2, 3, 4]],
    ['Wipe', [1, 2]],
    ['DeviceInformation', [1, 2, 5, 6]],
  ])('%s has its own numbers: %j', (scope, numbers) => {
    expect(numbersOf(scope)).toEqual(numbers);
  });

  test('has the common codes that bear on provisioning, each with a name of its own', () => {
    const ranges = [
      [101, 103],
      [108, 112],
      [125, 145],
      [149, 149],
      [165, 165],
      [177, 177],
    ] as const;
    const numbers = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    const names = Object.values(statuses.Common).map(({ name }) => name);
    expect(numbersOf('Common')).toEqual(numbers);
    expect(new Set(names).size).toBe(numbers.length);
  });

  test.each([
    [139, 'DeviceNotFullyProvisionable'],
    [140, 'RemoteWipeRequested'],
    [141, 'LegacyDeviceOnStrictPolicy'],
    [142, 'DeviceNotProvisioned'],
    [143, 'PolicyRefresh'],
    [144, 'InvalidPolicyKey'],
    [145, 'ExternallyManagedDevicesNotAllowed'],
    [165, 'DeviceInformationRequired'],
    [177, 'MaximumDevicesReached'],
  ])('%i is %s, not its neighbour', (number, name) => {
    expect(describeStatus('Common', number)).toMatchObject({ name, known: true });
  });

  test('HTTP 449 stands for 140 to 144 up to 12.1, and for nothing else', () => {
    expect(rowsWhere(({ http = [] }) => http[0] === 449)).toEqual([140, 141, 142, 143, 144]);
  });

  test('HTTP 403 stands for blocked users, a lost state, and a wipe told to a client without a key', () => {
    expect(rowsWhere(({ http = [] }) => http.includes(403))).toEqual([112, 125, 126, 132, 140]);
  });

  test('no version before 14.0 sends a code above 100, and none before 14.1 sends 165', () => {
    expect(rowsWhere(({ since }) => !isAtLeast(since, '14.0'))).toEqual([]);
    expect(rowsWhere(({ since }) => since !== '14.0')).toEqual([165]);
  });

  test('nobody has to move where nothing is wrong, "no policy" included', () => {
    const resting = scopes.flatMap((scope) =>
      numbersOf(scope)
        .filter((number) => describeStatus(scope, number).move === 'nobody')
        .map((number) => `${scope} ${number}`),
    );
    expect(resting).toEqual([
      'Provision 1',
      'Policy 1',
      'Policy 2',
      'Acknowledgment 1',
      'Wipe 1',
      'DeviceInformation 1',
    ]);
  });
});

describe('describeStatus', () => {
  test('answers any number in any scope with what was asked and a row', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scopes),
        fc.oneof(fc.double(), fc.integer({ min: 0, max: 200 })),
        (scope, status) => {
          const described = describeStatus(scope, status);
          expect(described).toMatchObject({ scope, status });
          expect(described.meaning).not.toBe('');
          expect(described.known).toBe(described.name !== 'Unknown');
        },
      ),
    );
  });

  test.each([
    ['Provision', 'server'],
    ['Policy', 'server'],
    ['Acknowledgment', 'client'],
    ['Wipe', 'client'],
  ] as const)('of a number that is not defined in %s the move is with whoever sent it: the %s', (scope, move) => {
    expect(describeStatus(scope, 99)).toEqual({
      scope,
      status: 99,
      known: false,
      name: 'Unknown',
      meaning: 'A number that is not defined here.',
      move,
      since: '2.5',
      section: '',
    });
  });

  test('tells the same number apart by where it stands', () => {
    expect(describeStatus('Provision', 2).name).toBe('ProtocolError');
    expect(describeStatus('Policy', 2).name).toBe('PolicyNotDefined');
    expect(describeStatus('Acknowledgment', 2).name).toBe('PartiallyApplied');
    expect(describeStatus('Wipe', 2).name).toBe('WipeFailed');
  });

  test('knows the common codes in Provision, and only there', () => {
    expect(describeStatus('Provision', 165)).toMatchObject({ scope: 'Provision', name: 'DeviceInformationRequired' });
    expect(describeStatus('Policy', 165).known).toBe(false);
    expect(describeStatus('Acknowledgment', 142).known).toBe(false);
  });

  test.each<[StatusScope, number, string]>([
    ['Provision', 4, 'server'],
    ['Policy', 6, 'server'],
    ['Policy', 1.5, 'server'],
    ['Common', 100, 'server'],
    ['Acknowledgment', 5, 'client'],
    ['Wipe', 0, 'client'],
    ['Wipe', Number.NaN, 'client'],
  ])('%s %d is unknown: the side that sent it has to move', (scope, status, move) => {
    expect(describeStatus(scope, status)).toMatchObject({ known: false, name: 'Unknown', move });
  });
});
