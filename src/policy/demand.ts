import {
  type EASProvisionDoc,
  type PolicyElementName,
  type PolicyElementRow,
  policyElements,
} from '../protocol/policy.js';
import { isInRange } from '../protocol/policy-value.js';

/** The value of a policy element: `undefined` is absent, `null` present but empty. */
export type PolicyElementValue = boolean | number | null | readonly string[];

/**
 * Whether an element of a policy asks for anything: its value is not what holds without it, and it is not a password
 * rule without a password (MS-ASPROV 3.1.5.1.1.1, R629). An empty list asks for nothing: it is how peers unset one.
 */
export function asks(name: PolicyElementName, policy: EASProvisionDoc): boolean {
  const { gated }: PolicyElementRow = policyElements[name];
  return !(gated && policy.DevicePasswordEnabled !== true) && asksByItself(name, policy[name]);
}

/** The same of a value alone, whether a password is required or not. */
export function asksByItself(name: PolicyElementName, value: PolicyElementValue | undefined): boolean {
  const { kind, ifAbsent, stricter, loosest }: PolicyElementRow = policyElements[name];
  if (value === null || value === undefined || value === ifAbsent) return false;
  if (typeof value === 'object') return value.length > 0;
  if (typeof value === 'boolean' || stricter === 'neither') return true;
  if (stricter === 'higher') return value > (loosest ?? Number(ifAbsent));
  // Peers send -1, and 0 where it is no limit that can be, for none.
  return (value > 0 || isInRange(kind, value)) && value < (loosest ?? Number.POSITIVE_INFINITY);
}

/**
 * What a change asks more or less. `other` is neither: values of which none is stricter, lists of which none holds the
 * other, and two ways to ask for nothing.
 */
export type ChangeEffect = 'stricter' | 'looser' | 'other';

/** How the demand for one element changes from one policy to another. */
export function effectOf(name: PolicyElementName, before: EASProvisionDoc, after: EASProvisionDoc): ChangeEffect {
  const { stricter }: PolicyElementRow = policyElements[name];
  const [wasAsked, isAsked] = [asks(name, before), asks(name, after)];
  if (stricter === 'neither' || (!wasAsked && !isAsked)) return 'other';
  if (wasAsked !== isAsked) return isAsked ? 'stricter' : 'looser';
  const [old, now] = [before[name], after[name]];
  if (isStricter(name, now, old)) return 'stricter';
  return isStricter(name, old, now) ? 'looser' : 'other';
}

/** Whether, of two values that both ask for something, the first asks for more. */
export function isStricter(
  name: PolicyElementName,
  one: PolicyElementValue | undefined,
  other: PolicyElementValue | undefined,
): boolean {
  const { stricter }: PolicyElementRow = policyElements[name];
  if (typeof one === 'number' && typeof other === 'number') return stricter === 'higher' ? one > other : one < other;
  if (!isList(one) || !isList(other)) return false;
  return stricter === 'more' ? holdsMore(one, other) : holdsMore(other, one);
}

function isList(value: PolicyElementValue | undefined): value is readonly string[] {
  return typeof value === 'object' && value !== null;
}

/** Whether the first list has every entry of the second, and others. */
function holdsMore(one: readonly string[], other: readonly string[]): boolean {
  const [entries, others] = [new Set(one), new Set(other)];
  return entries.size > others.size && [...others].every((entry) => entries.has(entry));
}
