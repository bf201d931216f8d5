import {
  type EASProvisionDoc,
  type PolicyElementName,
  policyElementNames,
  policyElements,
} from '../protocol/policy.js';
import { isInRange } from '../protocol/policy-value.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { asks } from './demand.js';
import { evaluatePolicy } from './evaluate.js';
import { knownClients } from './known-clients.js';
import { type Found, foundAmong, foundIf, type LintRule } from './lint-rule.js';
import { projectPolicy } from './project.js';

/** What may be wrong about a policy as a whole, and what devices make of it. */
export const deviceRules = {
  OutOfRange: {
    severity: 'error',
    meaning: 'A value is outside its range, or empty where it may not be: the policy may not be handed out.',
    source: '6.3',
    find: (policy) =>
      foundAmong(
        policyElementNames.filter((name) => {
          const value = policy[name];
          return value !== undefined && !isInRange(policyElements[name].kind, value);
        }),
      ),
  },
  AsksNothing: {
    severity: 'warning',
    meaning: 'The policy asks for nothing: every element is absent, empty, ignored or at its most permissive.',
    source: '2.2.2.28',
    find: (policy) => foundIf(!policyElementNames.some((name) => asks(name, policy))),
  },
  NotCarried: {
    severity: 'warning',
    meaning: 'The document of a version cannot say it: devices that speak that version are not asked.',
    source: '2.2.2.24.2; MS-ASWBXML 2.1.2.1.15',
    find: (policy, versions) => byVersions(lossesOf(policy, versions)),
  },
  LockRounded: {
    severity: 'note',
    meaning: 'Version 2.5 locks after whole minutes: the time is rounded down, below one minute up.',
    source: '2.2.2.24.2',
    find: (policy, versions) => {
      const rounding = versions.filter((version) =>
        projectPolicy(policy, version).lost.some(({ reason }) => reason === 'WholeMinutes'),
      );
      return rounding.length > 0 ? [{ elements: ['MaxInactivityTimeDeviceLock'], versions: rounding }] : [];
    },
  },
  KnownClientCannot: {
    severity: 'warning',
    meaning: 'A client in use cannot enforce the element, and acknowledges the policy as applied in part.',
    source: '2.2.2.54.1; AOSP',
    find: (policy) =>
      Object.entries(knownClients).flatMap(([client, capabilities]) => {
        const { verdicts } = evaluatePolicy(policy, capabilities);
        const refused = verdicts.filter(({ verdict }) => verdict === 'CannotEnforce').map(({ element }) => element);
        const elements = policyElementNames.filter((name) => refused.includes(name));
        const message = `${client} cannot enforce this, and acknowledges the policy as applied in part.`;
        return elements.length > 0 ? [{ elements, message }] : [];
      }),
  },
} as const satisfies Record<string, LintRule>;

type Loss = readonly [element: PolicyElementName, versions: readonly ProtocolVersion[]];

/** The elements that a device is not asked for, each with the versions that lose it. */
function lossesOf(policy: EASProvisionDoc, versions: readonly ProtocolVersion[]): readonly Loss[] {
  const lost = versions.map((version) => [version, new Set(droppedFrom(policy, version))] as const);
  return policyElementNames.map((element) => [
    element,
    lost.filter(([, names]) => names.has(element)).map(([version]) => version),
  ]);
}

function droppedFrom(policy: EASProvisionDoc, version: ProtocolVersion): readonly string[] {
  const { lost } = projectPolicy(policy, version);
  return lost.filter(({ weakens, reason }) => weakens && reason !== 'WholeMinutes').map(({ element }) => element);
}

/** One finding for each set of versions. */
function byVersions(losses: readonly Loss[]): readonly Found[] {
  const sets = new Map<string, { elements: PolicyElementName[]; versions: readonly ProtocolVersion[] }>();
  for (const [element, versions] of losses) {
    if (versions.length === 0) continue;
    const set = sets.get(versions.join()) ?? { elements: [], versions };
    set.elements.push(element);
    sets.set(versions.join(), set);
  }
  return [...sets.values()];
}
