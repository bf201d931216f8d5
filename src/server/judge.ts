import type { AcknowledgmentStatus, EventOf } from '../../machines/index.js';
import type { PolicyKey } from '../protocol/policy-key.js';

/** What an acknowledgment other than 1 earns. */
export interface AcknowledgmentRules {
  /** Status 2: applied in part. Refused with 139 (R1046). */
  readonly partial: 'accept' | 'refuse';
  /** Status 3: not applied. Refused with 139; the source names no code of its own. */
  readonly notApplied: 'accept' | 'refuse';
  /** Status 4: managed by others. Refused with 145 (R461, R687). */
  readonly externallyManaged: 'accept' | 'refuse';
}

/** Nothing but 1 counts as 1 unless it is configured so (I3). */
export const strictRules: AcknowledgmentRules = {
  partial: 'refuse',
  notApplied: 'refuse',
  externallyManaged: 'refuse',
};

const verdicts = {
  1: { rule: null, status: 0 },
  2: { rule: 'partial', status: 139 },
  3: { rule: 'notApplied', status: 139 },
  4: { rule: 'externallyManaged', status: 145 },
} as const satisfies Record<AcknowledgmentStatus, { rule: keyof AcknowledgmentRules | null; status: number }>;

/** The fact that an acknowledgment leads to (MS-ASPROV 3.2.5.1.2.1, R660): a permanent key, or a refusal without one. */
export function judge(
  status: AcknowledgmentStatus,
  rules: AcknowledgmentRules,
  mintKey: () => PolicyKey,
): EventOf<'PermanentKeyIssued' | 'ProvisionRejected'> {
  const verdict = verdicts[status];
  if (verdict.rule === null || rules[verdict.rule] === 'accept')
    return { type: 'PermanentKeyIssued', policyKey: mintKey() };
  return { type: 'ProvisionRejected', scope: 'Provision', status: verdict.status };
}
