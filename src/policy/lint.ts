import type { EASProvisionDoc, PolicyElementName } from '../protocol/policy.js';
import { type ProtocolVersion, versions } from '../protocol/version.js';
import type { LintRule, LintSeverity } from './lint-rule.js';
import { type LintCode, lintRules } from './lint-rules.js';

/** Something about a policy that its author may not have meant. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** The elements concerned, in the order of the schema; none for the policy as a whole. */
  readonly elements: readonly PolicyElementName[];
  /** What was found, in one sentence; it holds no entries of lists. */
  readonly message: string;
  /** The versions concerned, where it is not all. */
  readonly versions?: readonly ProtocolVersion[];
}

/** What to lint for. */
export interface LintOptions {
  /** The versions that the devices speak; by default all seven. */
  readonly versions?: readonly ProtocolVersion[];
}

/** What is questionable about a policy: errors first, then warnings and notes, each in the order of `lintRules`. */
export function lintPolicy(policy: EASProvisionDoc, options: LintOptions = {}): readonly LintFinding[] {
  const rules = Object.entries(lintRules) as readonly (readonly [LintCode, LintRule])[];
  const findings = rules.flatMap(([code, { severity, meaning, find }]) =>
    find(policy, options.versions ?? versions).map((found) => ({ code, severity, message: meaning, ...found })),
  );
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

const severities = ['error', 'warning', 'note'] as const satisfies readonly LintSeverity[];
