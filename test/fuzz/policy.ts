/** Policies: validation of arbitrary JSON, the document, projection, difference, lint, evaluation. */
import { policyDocument } from '../../src/codec/index.js';
import {
  type DeviceCapabilities,
  deviceFeatures,
  diffPolicies,
  evaluatePolicy,
  lintPolicy,
  projectPolicy,
} from '../../src/policy/index.js';
import { lintRules } from '../../src/policy/lint-rules.js';
import {
  type EASProvisionDoc,
  policyElementNames,
  validatePolicy,
  validatePolicyTypes,
} from '../../src/protocol/policy.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { encodingFault, resultFault } from './coder-laws.js';
import { policyNames, policyValues, strangers } from './dictionary.js';
import { simplerJson } from './minimise.js';
import type { Random } from './random.js';
import { isSame } from './same.js';
import { policySeeds } from './seeds.js';
import { shown } from './show.js';
import type { Target } from './target.js';

/** Two values that may be policies, and what a device can do. */
export interface PolicyInput {
  readonly one: unknown;
  readonly other: unknown;
  readonly version: ProtocolVersion;
  readonly capabilities: DeviceCapabilities;
}

/** What is under test; a mutant of any part has to be found. */
export interface PolicyParts {
  readonly validate: typeof validatePolicy;
  readonly validateTypes: typeof validatePolicyTypes;
  readonly document: typeof policyDocument;
  readonly project: typeof projectPolicy;
  readonly diff: typeof diffPolicies;
  readonly lint: typeof lintPolicy;
  readonly evaluate: typeof evaluatePolicy;
}

export const shippedPolicy: PolicyParts = {
  validate: validatePolicy,
  validateTypes: validatePolicyTypes,
  document: policyDocument,
  project: projectPolicy,
  diff: diffPolicies,
  lint: lintPolicy,
  evaluate: evaluatePolicy,
};

export function policyTarget(parts: PolicyParts = shippedPolicy): Target<PolicyInput> {
  return {
    name: 'policy',
    make: (random) => ({
      one: madePolicy(random),
      other: madePolicy(random),
      version: random.pick(versions),
      capabilities: madeCapabilities(random),
    }),
    check({ one, other, version, capabilities }) {
      const [valid, typed, beside] = [parts.validate(one), parts.validateTypes(one), parts.validateTypes(other)];
      if (valid.ok && !typed.ok) return 'what is valid can be written: it can not';
      return (
        resultFault(valid) ??
        resultFault(typed) ??
        (typed.ok
          ? (documentFault(typed.value, parts) ??
            projectionFault(typed.value, version, parts) ??
            lintFault(typed.value, parts) ??
            evaluationFault(typed.value, capabilities, parts))
          : null) ??
        (typed.ok && beside.ok ? differenceFault(typed.value, beside.value, parts) : null)
      );
    },
    *simpler(input) {
      if (input.capabilities !== plainDevice) yield { ...input, capabilities: plainDevice };
      for (const one of simplerJson(input.one)) yield { ...input, one };
      for (const other of simplerJson(input.other)) yield { ...input, other };
    },
    show: shown,
  };
}

function madePolicy(random: Random): unknown {
  if (random.once(40)) return random.pick(policyValues);
  const entries: [string, unknown][] = Object.entries(random.once(2) ? random.pick(policySeeds) : {});
  for (let left = 1 + random.below(6); left > 0; left--) {
    const name = random.once(12) ? random.pick(policyNames) : random.pick(policyElementNames);
    entries.push([name, random.pick(policyValues)]);
  }
  if (random.once(12))
    entries.push(['unknownElements', Array.from({ length: random.below(3) }, () => random.pick(strangers))]);
  return Object.fromEntries(random.once(3) ? entries.reverse() : entries);
}

function madeCapabilities(random: Random): DeviceCapabilities {
  const some = <Item>(items: readonly Item[]) => items.filter(() => random.once(2));
  return {
    enforces: random.once(8) ? 'all' : some(policyElementNames),
    ...(random.once(2) && { lacks: some(Object.keys(deviceFeatures) as (keyof typeof deviceFeatures)[]) }),
    ...(random.once(2) && { strictest: { MinDevicePasswordLength: random.below(20) } }),
    ...(random.once(16) && { managedByOthers: true }),
  };
}

function documentFault(policy: EASProvisionDoc, { document }: PolicyParts): string | null {
  const written = document.encode(policy);
  if (!written.ok) {
    // Elements that no row names can have names that no code page has.
    const mayBeRefused = policy.unknownElements !== undefined && /^ERR_WBXML_/.test(written.error.code);
    return mayBeRefused ? null : `what can be written is written: ${written.error.code}`;
  }
  if (policy.unknownElements?.length === 0) return null;
  return encodingFault({ coder: document }, policy);
}

const plainDevice: DeviceCapabilities = { enforces: [] };

function projectionFault(policy: EASProvisionDoc, version: ProtocolVersion, { project }: PolicyParts): string | null {
  const { policy: sent, lost } = project(policy, version);
  const again = project(sent, version);
  if (again.lost.length > 0 || !isSame(again.policy, sent)) return `projecting again changes nothing: ${version}`;
  const told = new Set<string>([...Object.keys(sent), ...lost.map(({ element }) => element)]);
  const missing = Object.entries(policy).find(([name, value]) => value !== undefined && !told.has(name));
  return missing ? `what is not sent is told: ${missing[0]} in ${version}` : null;
}

function lintFault(policy: EASProvisionDoc, { lint }: PolicyParts): string | null {
  for (const { code, severity, elements, message } of lint(policy)) {
    if (lintRules[code]?.severity !== severity || message === '')
      return `a finding has the severity of its rule: ${code}`;
    if (!elements.every((name) => policyElementNames.includes(name))) return `a finding names elements: ${code}`;
  }
  return null;
}

function evaluationFault(policy: EASProvisionDoc, some: DeviceCapabilities, { evaluate }: PolicyParts): string | null {
  const { status, verdicts } = evaluate(policy, some);
  const count = policyElementNames.filter((name) => policy[name] !== undefined).length;
  const expected = count + (policy.unknownElements?.length ?? 0);
  if (verdicts.length !== expected) return `each element has a verdict: ${verdicts.length} of ${expected}`;
  if (some.managedByOthers) return status === 4 ? null : `managed by others is 4: ${status}`;
  if (![1, 2, 3].includes(status)) return `the status is one of three: ${status}`;
  const { status: most } = evaluate(policy, { ...(some.lacks && { lacks: some.lacks }), enforces: 'all' });
  return most <= status ? null : `more capabilities give no worse status: ${most} instead of ${status}`;
}

function differenceFault(before: EASProvisionDoc, after: EASProvisionDoc, { diff }: PolicyParts): string | null {
  if (diff(before, before).length > 0) return 'a policy does not differ from itself: it does';
  const [forth, back] = [diff(before, after), diff(after, before)];
  const names = [...policyElementNames, 'unknownElements' as const];
  const differing = names.filter((name) => !isSame(before[name], after[name]));
  if (!isSame(forth.map(({ element }) => element).sort(), [...differing].sort()))
    return 'all differences are told: they are not';
  for (const [at, { element, effect, before: was, after: is }] of forth.entries()) {
    const reverse = back[at];
    if (reverse?.element !== element || !isSame(reverse.before, is) || !isSame(reverse.after, was)) {
      return `a difference read backwards is the same: ${element}`;
    }
    if (opposites[effect] !== reverse.effect)
      return `stricter read backwards is looser: ${element} ${effect} ${reverse.effect}`;
  }
  return null;
}

const opposites = { stricter: 'looser', looser: 'stricter', other: 'other' } as const;
