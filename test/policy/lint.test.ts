import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referencePolicy } from '../../src/cli/reference-policy.js';
import { asks } from '../../src/policy/demand.js';
import { lintPolicy } from '../../src/policy/lint.js';
import { type LintCode, lintRules } from '../../src/policy/lint-rules.js';
import { type EASProvisionDoc, policyElementNames } from '../../src/protocol/policy.js';
import { versions } from '../../src/protocol/version.js';
import { anyPolicy, validPolicy } from '../support/arbitraries/policy.js';
import { found, silent } from './support/lint-examples.js';

describe('laws', () => {
  test('whatever the policy, it ends with findings of known codes about known elements, in their order', () => {
    fc.assert(
      fc.property(anyPolicy, fc.subarray([...versions]), (policy, spoken) => {
        for (const { code, severity, elements, message } of lintPolicy(policy, { versions: spoken })) {
          expect(lintRules[code].severity).toBe(severity);
          const places = elements.map((name) => policyElementNames.indexOf(name));
          expect([code, places]).toEqual([code, [...new Set(places)].sort((a, b) => a - b)]);
          expect(message).toMatch(/^[A-Z0-9].*\.$/);
        }
      }),
    );
  });

  test('errors come first, then warnings, then notes', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const ranks = lintPolicy(policy).map(({ severity }) => ['error', 'warning', 'note'].indexOf(severity));
        expect(ranks).toEqual([...ranks].sort());
      }),
    );
  });

  test('a policy that asks for nothing is said to, and no other', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        const isIdle = !policyElementNames.some((name) => asks(name, policy));
        expect(codesOf(policy).includes('AsksNothing')).toBe(isIdle);
      }),
    );
  });

  test('a policy that may be handed out is never out of range', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        expect(codesOf(policy)).not.toContain('OutOfRange');
      }),
    );
  });

  test('what is lost is told of the versions spoken, and of no other', () => {
    fc.assert(
      fc.property(validPolicy, fc.subarray([...versions]), (policy, spoken) => {
        const told = lintPolicy(policy, { versions: spoken }).flatMap((finding) => finding.versions ?? []);
        expect(spoken).toEqual(expect.arrayContaining([...new Set(told)]));
      }),
    );
  });

  test('no entry of a list is in a message', () => {
    const policy = { UnapprovedInROMApplicationList: ['secret', 'secret'], ApprovedApplicationList: ['secret', ''] };
    const findings = lintPolicy(policy);
    expect(findings.length).toBeGreaterThan(3);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});

describe('examples', () => {
  const codes = Object.keys(lintRules);

  test('there are some of every rule, found and silent', () => {
    expect(new Set(found.map(([code]) => code))).toEqual(new Set(codes));
    expect(new Set(silent.map(([code]) => code))).toEqual(new Set(codes));
  });

  test.each(found)('%s: %j', (code, policy, elements) => {
    const findings = lintPolicy(policy).filter((finding) => finding.code === code);
    expect(findings.map((finding) => finding.elements.join(' ')).join('; ')).toBe(elements);
  });

  test.each(silent)('not %s: %j', (code, policy) => {
    expect(codesOf(policy)).not.toContain(code);
  });
});

test('the policy of the reference server has no error', () => {
  expect(lintPolicy(referencePolicy).map(({ code, severity }) => [severity, code])).toEqual([
    ['warning', 'NotCarried'],
    ['warning', 'NotCarried'],
    ['warning', 'KnownClientCannot'],
  ]);
});

test('what is lost is grouped by the versions that lose it', () => {
  const policy = { DevicePasswordEnabled: true, AllowSimpleDevicePassword: false, RequireDeviceEncryption: true };
  const lost = lintPolicy(policy).filter(({ code }) => code === 'NotCarried');
  expect(lost.map(({ elements, versions: from }) => [elements, from])).toEqual([
    [['AllowSimpleDevicePassword'], ['2.5']],
    [['RequireDeviceEncryption'], ['2.5', '12.0']],
  ]);
  expect(lintPolicy(policy, { versions: ['14.1', '16.1'] }).map(({ code }) => code)).toEqual([]);
});

function codesOf(policy: EASProvisionDoc): readonly LintCode[] {
  return lintPolicy(policy).map(({ code }) => code);
}
