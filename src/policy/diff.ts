import { type EASProvisionDoc, type PolicyElementName, policyElementNames } from '../protocol/policy.js';
import { type ChangeEffect, effectOf, type PolicyElementValue } from './demand.js';
import { isSameValue } from './same.js';

/** One element that differs between two policies. */
export interface PolicyChange {
  readonly element: PolicyElementName | 'unknownElements';
  /** `undefined` is absent, `null` present but empty. */
  readonly before: PolicyElementValue | UnknownElements | undefined;
  readonly after: PolicyElementValue | UnknownElements | undefined;
  readonly change: 'added' | 'removed' | 'changed';
  /** What the change asks more or less of a device, with the whole of both policies in view. */
  readonly effect: ChangeEffect;
}

/**
 * The elements in which two policies differ, in the order of the schema; absent, empty and 0 are apart, and so are lists
 * in another order. Empty exactly when both policies have one revision.
 *
 * A password rule counts for nothing while no password is required (MS-ASPROV 3.1.5.1.1.1, R629): changing it alone is
 * `other`.
 */
export function diffPolicies(before: EASProvisionDoc, after: EASProvisionDoc): readonly PolicyChange[] {
  const names = policyElementNames.filter((name) => !isSameValue(before[name], after[name]));
  const changes = names.map((name) => changeOf(name, before, after, effectOf(name, before, after)));
  if (isSameValue(before.unknownElements, after.unknownElements)) return changes;
  return [...changes, changeOf('unknownElements', before, after, 'other')];
}

type UnknownElements = NonNullable<EASProvisionDoc['unknownElements']>;

function changeOf(
  element: PolicyElementName | 'unknownElements',
  { [element]: before }: EASProvisionDoc,
  { [element]: after }: EASProvisionDoc,
  effect: ChangeEffect,
): PolicyChange {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { element, before, after, change, effect };
}
