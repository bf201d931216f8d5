/** What the tests of the policy elements have in common. */
import { type Element, policyDocument, wbxml } from '../../src/codec/index.js';
import {
  type EASProvisionDoc,
  type PolicyElementName,
  type PolicyElementRow,
  policyElements,
  validatePolicy,
} from '../../src/protocol/policy.js';
import type { PolicyKind } from '../../src/protocol/policy-elements.js';
import { unwrap } from '../support/device.js';

export function rowOf(name: string): PolicyElementRow {
  const rows: Readonly<Record<string, PolicyElementRow>> = policyElements;
  const row = rows[name];
  if (!row) throw new Error(`${name} is no policy element`);
  return row;
}

/** A policy that sets one element, perhaps to what it may not be. */
export function setting(name: string, value: unknown): EASProvisionDoc {
  return { [name]: value };
}

/** Whether a policy may be handed out that sets the element so. */
export function maySet(name: string, value: unknown): boolean {
  return validatePolicy(setting(name, value)).ok;
}

/** The elements of EASProvisionDoc as they go over the wire. */
export function written(policy: EASProvisionDoc): readonly Element[] {
  const { content } = unwrap(wbxml.decode(unwrap(policyDocument.encode(policy))));
  return Array.isArray(content) ? content : [];
}

/** The policy that a peer reads from an element of EASProvisionDoc with this content, or `null` where it is refused. */
export function readFrom(name: string, content: Element['content']): EASProvisionDoc | null {
  const document: Element = { name: 'Provision:EASProvisionDoc', content: [{ name: `Provision:${name}`, content }] };
  const read = policyDocument.decode(unwrap(wbxml.encode(document)));
  return read.ok ? read.value : null;
}

/** The value in a policy, whatever the element. */
export function valueIn(policy: unknown, name: string): unknown {
  return (policy as EASProvisionDoc)[name as PolicyElementName];
}

/** Values that try out an element: all of a few, otherwise the ends of its range and some between. */
export function samplesOf(kind: PolicyKind): readonly unknown[] {
  if (kind.type === 'boolean') return [false, true];
  if (kind.type === 'list') return [[], ['one'], ['one', 'two', 'one']];
  const empty = kind.type.endsWith('OrEmpty') ? [null] : [];
  if ('values' in kind) return [...Object.keys(kind.values).map(Number), ...empty];
  const { min, max } = kind;
  const likely = [-1, 0, 1, 2, 3, 4, 16, 30, 9999].filter((value) => value >= min && value <= max);
  return [...new Set([...likely, max]), ...empty];
}
