import type { EASProvisionDoc, PolicyElementName } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';

/**
 * How bad a finding is: `error` contradicts itself or may not be handed out, `warning` asks less than it seems to or is
 * refused by devices in use, `note` is worth knowing.
 */
export type LintSeverity = 'error' | 'warning' | 'note';

export interface LintRule {
  readonly severity: LintSeverity;
  /** What is found, as a sentence. */
  readonly meaning: string;
  /** Where it comes from: sections and requirements of MS-ASPROV, or the client that behaves so. */
  readonly source: string;
  /** All that the rule finds in a policy, for devices that speak these versions. */
  find(policy: EASProvisionDoc, versions: readonly ProtocolVersion[]): readonly Found[];
}

export interface Found {
  readonly elements: readonly PolicyElementName[];
  /** Instead of the rule's meaning, where there is more to say. */
  readonly message?: string;
  readonly versions?: readonly ProtocolVersion[];
}

/** One finding about these elements, if it is true. */
export function foundIf(isFound: boolean, ...elements: readonly PolicyElementName[]): readonly Found[] {
  return isFound ? [{ elements }] : [];
}

/** One finding about all of these elements, if there are any. */
export function foundAmong(elements: readonly PolicyElementName[]): readonly Found[] {
  return foundIf(elements.length > 0, ...elements);
}
