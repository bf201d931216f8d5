import type { Attack } from './attack.js';
import { gateAttacks } from './gate.js';
import { issuedKeyAttacks } from './issued-keys.js';
import { keyAttacks } from './keys.js';
import { policyAttacks } from './policy.js';
import { signalAttacks } from './signals.js';
import { wipeAttacks } from './wipe.js';

/** Everything that is tried, one row per attack, in the order of the promises. */
export const attacks = {
  ...keyAttacks,
  ...policyAttacks,
  ...wipeAttacks,
  ...signalAttacks,
  ...gateAttacks,
  ...issuedKeyAttacks,
} as const;

export type AttackId = keyof typeof attacks;

/** The rows with their ids. */
export const attackRows: readonly (readonly [id: string, attack: Attack])[] = Object.entries(attacks);

/** `I1` of `I1.invented-key`. */
export function promiseOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
