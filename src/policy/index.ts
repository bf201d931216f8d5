/** `eas-provisioning/policy`: what can be said of a policy before a device sees it, and what a device makes of it. */
export type { Element } from '../protocol/element.js';
export type { EASProvisionDoc, PolicyElementName } from '../protocol/policy.js';
export { validatePolicy } from '../protocol/policy.js';
export type { Problem } from '../protocol/problem.js';
export type { Result } from '../protocol/result.js';
export type { ProtocolVersion } from '../protocol/version.js';
export type { DeviceCapabilities } from './capabilities.js';
export type { ChangeEffect, PolicyElementValue } from './demand.js';
export { diffPolicies, type PolicyChange } from './diff.js';
export { type DeviceFeature, deviceFeatures } from './enforcement.js';
export { evaluatePolicy, type PolicyEvaluation, type PolicyVerdict } from './evaluate.js';
export { knownClients } from './known-clients.js';
export { type LintFinding, type LintOptions, lintPolicy } from './lint.js';
export type { LintSeverity } from './lint-rule.js';
export type { LintCode } from './lint-rules.js';
export { type LossReason, lossReasons, type PolicyLoss, type PolicyProjection, projectPolicy } from './project.js';
export { policyRevision } from './revision.js';
export { type Verdict, type VerdictReason, type VerdictReasonRow, verdictReasons } from './verdict.js';
