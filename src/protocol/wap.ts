/** What the policy document of protocol 2.5 can say (MS-ASPROV 2.2.2.24.2); its coder is in `src/codec/xml`. */
import { type PolicyElementName, policyElementNames, policyElements } from './policy.js';

/** The policy elements that the document has a setting for. */
export const wapElementNames: ReadonlySet<PolicyElementName> = new Set(
  policyElementNames.filter((name) => 'wap' in policyElements[name]),
);

/** The idle time of a lock in minutes: never longer than the seconds, but for the shortest there is, one minute. */
export function wholeMinutes(seconds: number): number {
  return Math.max(Math.floor(seconds / 60), 1);
}
