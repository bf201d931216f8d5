import type { EventOf, ReprovisionReason } from '../../machines/index.js';
import { isSuccess } from '../http/index.js';
import type { Element } from '../protocol/element.js';
import type { PolicyKey } from '../protocol/policy-key.js';

/** What an answer to a command can tell the machine. */
export type CommandFact = EventOf<'ReprovisionRequired' | 'CommandAdmitted'>;

/**
 * What an answer to another command than Provision tells about the key it was sent under; `null` where it tells nothing,
 * as a server fault does. The HTTP status decides before the body, which may contradict it (MS-ASCMD 2.2.2; field
 * notes).
 *
 * @param document the body, where it is WBXML.
 */
export function interpretCommand(
  { status, body }: { readonly status: number; readonly body: Uint8Array },
  document: Element | null,
  policyKey: PolicyKey,
): CommandFact | null {
  if (status === 449) return { type: 'ReprovisionRequired', policyKey, reason: 'Unspecified' };
  if (!isSuccess(status) || (document === null && body.length > 0)) return null;
  const code = commandStatus(document) ?? 0;
  const reason = reasons.get(code);
  if (reason) return { type: 'ReprovisionRequired', policyKey, reason };
  return code < FIRST_COMMON_CODE ? { type: 'CommandAdmitted', policyKey } : null;
}

/** The Status that is a child of the root, in whatever code page it stands (field notes); `null` without a number. */
export function commandStatus(document: Element | null): number | null {
  const { content = null } = document ?? {};
  if (content === null || typeof content === 'string' || content instanceof Uint8Array) return null;
  const text = content.find(({ name }) => name.endsWith(':Status'))?.content;
  return typeof text === 'string' && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}

/** MS-ASCMD 2.2.2. */
const reasons: ReadonlyMap<number, ReprovisionReason> = new Map([
  [140, 'RemoteWipeRequested'],
  [141, 'LegacyDeviceOnStrictPolicy'],
  [142, 'DeviceNotProvisioned'],
  [143, 'PolicyRefresh'],
  [144, 'InvalidPolicyKey'],
]);

/** From here on a command was refused for what all commands have in common, perhaps before its key was looked at. */
const FIRST_COMMON_CODE = 101;
