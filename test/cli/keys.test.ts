import { expect, test } from 'vitest';
import type { ProvisioningStateName } from '../../machines/index.js';
import { keyChange, keyText } from '../../src/cli/keys.js';
import { lookOf } from '../../src/cli/look.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const state = (name: ProvisioningStateName, policyKey: string) => ({ name, context: { policyKey } });

test.each<[ProvisioningStateName, string, string]>([
  ['Unprovisioned', '0', '0'],
  ['AwaitingPolicy', '0', '0'],
  ['Acknowledging', '29', '29 temporary'],
  ['Acknowledging', '0', '0'],
  ['Provisioned', '31', '31 permanent'],
  ['Provisioned', '0', '0'],
  ['NeedsReprovision', '0', '0'],
])('%s under %s', (name, key, text) => {
  expect(keyText(state(name, key))).toBe(text);
});

test('a change shows both keys, no change one', () => {
  expect(keyChange(state('Acknowledging', '29'), state('Provisioned', '31'), plain)).toBe('29 -> 31 permanent');
  expect(keyChange(state('Provisioned', '31'), state('Provisioned', '31'), plain)).toBe('31 permanent');
});

test('a key of a hostile server does not move the cursor', () => {
  expect(keyChange(state('Acknowledging', '\u001b[2J'), state('Provisioned', '\u009b2J'), plain)).toBe(
    '?[2J -> ?2J permanent',
  );
});
