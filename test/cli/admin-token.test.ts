import { expect, test } from 'vitest';
import { adminTokenOf } from '../../src/cli/admin-token.js';
import { UsageError } from '../../src/cli/exit-code.js';

const environment = { env: { EAS_ADMIN_TOKEN: 'from-the-environment' } };

test('the option goes before the environment', () => {
  expect(adminTokenOf('from-the-option', environment)).toBe('from-the-option');
  expect(adminTokenOf(undefined, environment)).toBe('from-the-environment');
});

test.each([
  [undefined, undefined],
  [undefined, ''],
  ['', 'other'],
  ['two words', undefined],
  ['line\nbreak', undefined],
  ['ß', undefined],
  ['x'.repeat(513), undefined],
])('without one that can be sent it is wrong usage, and not shown', (option, variable) => {
  const ask = () => adminTokenOf(option, { env: { EAS_ADMIN_TOKEN: variable } });
  expect(ask).toThrow(UsageError);
  expect(ask).not.toThrow(/two words|break|ß|xxx|other/);
});
