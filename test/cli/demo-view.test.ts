import { expect, test } from 'vitest';
import type { ProvisioningStateName } from '../../machines/index.js';
import { demoVerdict } from '../../src/cli/demo-view.js';
import { lookOf } from '../../src/cli/look.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const state = (name: ProvisioningStateName, policyKey: string) => ({ name, context: { policyKey } });
const provisioned = state('Provisioned', '31');

test('both have to be Provisioned, and under the same key', () => {
  expect(demoVerdict(provisioned, provisioned, plain)).toEqual({
    isAgreed: true,
    text: `${'='.repeat(80)}\nOK Both are Provisioned under the same key 31.\n`,
  });
  for (const other of [state('Provisioned', '32'), state('Acknowledging', '31'), state('NeedsReprovision', '0')]) {
    expect(demoVerdict(provisioned, other, plain).isAgreed).toBe(false);
    expect(demoVerdict(other, provisioned, plain).isAgreed).toBe(false);
  }
  expect(demoVerdict(provisioned, state('Acknowledging', '29'), plain).text).toContain(
    'NO Client Provisioned, server Acknowledging: no agreement.',
  );
});
