import { type EASProvisionDoc, type PolicyElementName, policyElementNames } from '../protocol/policy.js';
import type { DeviceCapabilities } from './capabilities.js';
import { asks } from './demand.js';
import { type EnforcementRow, enforcement } from './enforcement.js';
import { type Verdict, type VerdictReason, type VerdictReasonRow, verdictReasonOf, verdictReasons } from './verdict.js';

export type { DeviceCapabilities } from './capabilities.js';

/** What a device will do about a policy, and what to tell the server. */
export interface PolicyEvaluation {
  /**
   * The Status of the acknowledgment (MS-ASPROV 2.2.2.54.1): 1 all is enforced, 2 a part, the password among it if one
   * is asked for, 3 not that much, 4 managed by others.
   */
  readonly status: 1 | 2 | 3 | 4;
  /** One for each element of the policy, in the order of the schema, those that no row names last. */
  readonly verdicts: readonly PolicyVerdict[];
}

/** What a device will do about one element. */
export interface PolicyVerdict {
  /** The element; `Settings:Model` and the like for one that no row names. */
  readonly element: string;
  readonly verdict: Verdict;
  /** Why; `verdictReasons` says it in words. */
  readonly reason: VerdictReason;
  /** Requirements of MS-ASPROV that the verdict follows. */
  readonly requirement?: string;
}

/**
 * What a device of these capabilities can acknowledge of a policy (MS-ASPROV 3.1.5.1.1, 2.2.2.54.1). Pure.
 *
 * Password rules without a password are ignored (R629), settings about features that the device lacks count as enforced
 * (R764), and so do elements that ask for nothing or that no row names. More capabilities never give a worse status.
 */
export function evaluatePolicy(policy: EASProvisionDoc, capabilities: DeviceCapabilities): PolicyEvaluation {
  const names = policyElementNames.filter((name) => policy[name] !== undefined);
  const judged = names.map((name) => [name, verdictReasonOf(name, policy, capabilities)] as const);
  const unknown = (policy.unknownElements ?? []).map(({ name }) => verdictOn(name, 'Unknown'));
  return {
    status: capabilities.managedByOthers ? 4 : statusOf(policy, new Map(judged)),
    verdicts: [...judged.map(([name, reason]) => verdictOn(name, reason, enforcement[name])), ...unknown],
  };
}

/** Without a demand for a password, a part is whatever part. */
function statusOf(policy: EASProvisionDoc, reasons: ReadonlyMap<PolicyElementName, VerdictReason>): 1 | 2 | 3 {
  const held = [...reasons].filter(([, reason]) => verdictReasons[reason].verdict !== 'CannotEnforce');
  if (held.length === reasons.size) return 1;
  const isAsked = asks('DevicePasswordEnabled', policy);
  return held.some(([name]) => (isAsked ? name === 'DevicePasswordEnabled' : asks(name, policy))) ? 2 : 3;
}

function verdictOn(element: string, reason: VerdictReason, row?: EnforcementRow): PolicyVerdict {
  const { verdict, requirement: general }: VerdictReasonRow = verdictReasons[reason];
  const own = reason === 'FeatureLacking' ? row?.without : reason === 'Enforceable' ? row?.requirement : undefined;
  const requirement = [own, general].filter((text) => text !== undefined).join(', ');
  return { element, verdict, reason, ...(requirement !== '' && { requirement }) };
}
