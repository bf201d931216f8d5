/**
 * A policy key as text: decimal, 0 for *no key*, otherwise 1 to 4294967295 so that it fits the header and the base64
 * query alike (MS-ASPROV 2.2.2.42; R312, R606; MS-ASHTTP 2.2.1.1.1.1).
 */
export type PolicyKey = string;

/** *No key*: the current key of every initial request (MS-ASPROV 3.1.5.1.1, R618). */
export const NO_POLICY_KEY: PolicyKey = '0';

/**
 * The key a peer presented, in the one form in which keys are compared: leading zeros gone, an empty key is 0.
 * A key that is not a decimal uint32 keeps its text (at most 64 characters): it equals no key we issue.
 */
export function normalizePolicyKey(presented: string): PolicyKey {
  if (isIssuablePolicyKey(presented)) return presented;
  const text = presented.trim();
  if (text === '') return NO_POLICY_KEY;
  if (!/^\d{1,64}$/.test(text)) return text.slice(0, 64);
  return text.replace(/^0+(?=\d)/, '');
}

/** Whether a key is one that may be issued: decimal text of 1 to 2^32 - 1 without leading zeros. */
export function isIssuablePolicyKey(key: string): boolean {
  return /^[1-9]\d{0,9}$/.test(key) && Number(key) <= 0xffff_ffff;
}
