import type { PolicyKey } from '../protocol/policy-key.js';
import { wholeBody } from './body.js';
import type { MessageBody } from './entry.js';

/** How much of messages is shown. */
export interface Disclosure {
  /** A key as it is to be written. */
  policyKey(policyKey: PolicyKey): string;
  body(bytes: Uint8Array): MessageBody;
}

/** All of it: for what a person runs on this machine. */
export const everything: Disclosure = { policyKey: (policyKey) => policyKey, body: wholeBody };
