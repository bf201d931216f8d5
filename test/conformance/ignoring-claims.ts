/** When a device passes over an element, and when a value asks for nothing: what `evaluatePolicy` makes of them. */
import { expect } from 'vitest';
import { enforcement } from '../../src/policy/enforcement.js';
import { evaluatePolicy, type PolicyVerdict } from '../../src/policy/index.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import type { Claim } from './claim.js';
import { rowOf, samplesOf, setting } from './policy.js';

export const ignoringClaims: readonly Claim[] = [
  {
    about: 'ignored without a password',
    pattern: /^(?<name>\w+): ignored? when DevicePasswordEnabled=0$/,
    check(named) {
      const name = named('name');
      for (const without of [{ DevicePasswordEnabled: false }, { DevicePasswordEnabled: null }, {}]) {
        expect(verdictOn(name, { ...without, ...demanding(name) })).toMatchObject({
          verdict: 'Ignored',
          requirement: 'R629',
        });
      }
      expect(verdictOn(name, { DevicePasswordEnabled: true, ...demanding(name) }).verdict).toBe('CannotEnforce');
    },
  },
  {
    about: 'ignored without the feature',
    pattern: /^(?<name>\w+): ignore when (?!DevicePasswordEnabled).+$/,
    check(named, { id }) {
      const name = named('name');
      const feature = featureOf(name);
      const policy = { DevicePasswordEnabled: true, ...demanding(name) };
      const able = { enforces: ['DevicePasswordEnabled'] } as const;
      const lacking = evaluatePolicy(policy, { ...able, lacks: [feature] });
      expect(lacking.status).toBe(1);
      const verdict = lacking.verdicts.find(({ element }) => element === name);
      expect(verdict).toMatchObject({ verdict: 'NotApplicable', reason: 'FeatureLacking' });
      expect(verdict?.requirement?.split(', ')).toContain(id);
      expect(evaluatePolicy(policy, able).status).toBe(2);
    },
  },
  {
    about: 'a value that asks for nothing',
    pattern: /^(?<name>\w+): (?:empty or )?(?<value>\d+)(?: or more)? means (?:unlimited|no minimum)$/,
    check(named) {
      const [name, value] = [named('name'), Number(named('value'))];
      for (const leave of [null, value]) expect(asks(name, leave)).toBe(false);
      const isLeast = rowOf(name).stricter === 'lower';
      expect(asks(name, isLeast ? value - 1 : value + 1)).toBe(true);
      expect(asks(name, isLeast ? value + 1 : value - 1)).toBe(false);
    },
  },
];

/** Whether a value asks anything of a device that can enforce nothing but a password. */
export function asks(name: string, value: unknown): boolean {
  return verdictOn(name, { DevicePasswordEnabled: true, ...setting(name, value) }).reason !== 'AsksNothing';
}

function verdictOn(name: string, policy: EASProvisionDoc): PolicyVerdict {
  const enforces = name === 'DevicePasswordEnabled' ? [] : (['DevicePasswordEnabled'] as const);
  const verdict = evaluatePolicy(policy, { enforces }).verdicts.find(({ element }) => element === name);
  if (!verdict) throw new Error(`no verdict on ${name}`);
  return verdict;
}

/** The element set to something that asks for more than its absence does. */
function demanding(name: string): EASProvisionDoc {
  const value = samplesOf(rowOf(name).kind).filter((sample) => sample !== null && asks(name, sample))[0];
  if (value === undefined) throw new Error(`${name} never asks for anything`);
  return setting(name, value);
}

function featureOf(name: string) {
  const { feature } = { feature: undefined, ...enforcement[name as keyof typeof enforcement] };
  if (!feature) throw new Error(`${name} is about no feature`);
  return feature;
}
