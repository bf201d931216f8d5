import { describe, expect, test } from 'vitest';
import { lookOf } from '../../src/cli/look.js';
import { exitCodeOf, outcomeFields, outcomeLines } from '../../src/cli/outcome-view.js';
import type { ProvisionOutcome } from '../../src/client/index.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const explanation = {
  code: 'Provision 139',
  name: 'DeviceNotFullyProvisionable',
  meaning: 'Why.',
  move: 'administrator',
} as const;

const refused: ProvisionOutcome = {
  kind: 'Refused',
  failure: { kind: 'Rejected', scope: 'Provision', status: 139 },
  explanation,
  answer: null,
};
const unreachable: ProvisionOutcome = {
  kind: 'Unreachable',
  failure: { kind: 'ExchangeFailed', fault: 'Network' },
  explanation: { code: 'Network', name: 'No connection', meaning: 'Why.', move: 'wait' },
};
const hostFailed: ProvisionOutcome = {
  kind: 'Failed',
  failure: { kind: 'HostFailed', port: 'wipe', cause: new Error('a secret path') },
  explanation: { code: 'HostFailed', name: 'Host failed', meaning: 'Why.', move: 'caller' },
};
const provisioned: ProvisionOutcome = { kind: 'Provisioned', policyKey: '31', policy: { AllowCamera: false } };

test('the exit code is told by the kind of the outcome', () => {
  expect(exitCodeOf).toEqual({
    Provisioned: 0,
    ProvisionedWithoutPolicy: 0,
    Wiped: 1,
    Refused: 1,
    Failed: 1,
    Violation: 1,
    Unreachable: 3,
  });
});

describe('in words', () => {
  test('a refusal has its reason, and whose move it is', () => {
    expect(outcomeLines(refused, plain)).toEqual([
      'NO Refused: Provision 139 DeviceNotFullyProvisionable.',
      '  Why.',
      '  Next move: an administrator.',
    ]);
    expect(outcomeLines(unreachable, plain)[2]).toBe('  Next move: wait and try again.');
  });

  test('success says that nothing is enforced, and a wipe that nothing is wiped', () => {
    expect(outcomeLines(provisioned, plain).join('\n')).toMatch(/key 31[\s\S]*enforces nothing/);
    expect(outcomeLines({ kind: 'ProvisionedWithoutPolicy' }, plain).join()).toContain('no policy for this device');
    expect(outcomeLines({ kind: 'Wiped', scope: 'account' }, plain).join('\n')).toMatch(
      /wipe of the account[\s\S]*wipes nothing/,
    );
  });

  test('a wipe that was not confirmed tells how it would be', () => {
    const failure = { kind: 'WipeFailed', scope: 'device' } as const;
    const outcome: ProvisionOutcome = { kind: 'Failed', failure, explanation: { ...explanation, code: 'WipeFailed' } };
    expect(outcomeLines(outcome, plain).at(-1)).toContain('--accept-wipe');
  });
});

describe('as fields', () => {
  test('a failure is told, what a port threw is not', () => {
    expect(outcomeFields(refused)).toEqual({ kind: 'Refused', failure: refused.failure, explanation });
    expect(JSON.stringify(outcomeFields(hostFailed))).not.toContain('secret');
    expect(outcomeFields(hostFailed)).toMatchObject({ failure: { kind: 'HostFailed', port: 'wipe' } });
  });

  test('the policy stands elsewhere', () => {
    expect(outcomeFields(provisioned)).toEqual({ kind: 'Provisioned', policyKey: '31' });
  });
});
