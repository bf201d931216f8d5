import type { Element } from '../protocol/element.js';
import {
  type EASProvisionDoc,
  elementsOf,
  type PolicyElementName,
  policyElementNames,
  policyElements,
  validatePolicyTypes,
} from '../protocol/policy.js';
import { problem } from '../protocol/problem.js';
import { type Coder, err, ok, type Result } from '../protocol/result.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { childrenOf, container } from './content.js';
import { documentCoder } from './document.js';
import { type PolicyValue, readValue, writeValue } from './policy-value.js';
import { createWbxml } from './wbxml/index.js';

/**
 * A policy as a WBXML document of its own, rooted at `Provision:EASProvisionDoc` (MS-ASPROV 2.2.2.28): the canonical form
 * that revisions are hashed from. Equal policies give equal bytes, whatever the order of their properties; absent, empty
 * and 0 differ.
 *
 * @returns from `encode`: the problems of `validatePolicyTypes` and of the WBXML coder; from `decode`: those of
 * `readPolicy` and of the WBXML coder.
 */
export const policyDocument: Coder<EASProvisionDoc, Uint8Array> = documentCoder(createWbxml({ legacy: true }), {
  read: readPolicy,
  write: (policy) => writePolicy(policy),
  fault(policy) {
    const typed = validatePolicyTypes(policy);
    return typed.ok ? null : typed.error;
  },
});

/**
 * Reads EASProvisionDoc (MS-ASPROV 2.2.2.28) as peers send it: elements in any order, blanks around values, every form of
 * an empty element (`null`, or `[]` for a list), integers outside their range. Children that no row names are kept.
 *
 * @returns `ERR_POLICY_SHAPE` for another root, a doubled element, text and elements in each other's place, or a
 * stranger in a list; `ERR_POLICY_VALUE` for text that is not of the element's type.
 */
export function readPolicy(element: Element): Result<EASProvisionDoc> {
  const children = element.name === ROOT ? childrenOf(element) : undefined;
  if (!children) return err(problem('ERR_POLICY_SHAPE', `Expected ${ROOT} with elements.`, { path: PATH }));
  const policy: Partial<Record<PolicyElementName, PolicyValue>> = {};
  const unknownElements: Element[] = [];
  for (const child of children) {
    const name = names.get(child.name);
    if (!name) {
      unknownElements.push(child);
      continue;
    }
    if (Object.hasOwn(policy, name)) return err(problem('ERR_POLICY_SHAPE', 'Doubled.', { path: `${PATH}/${name}` }));
    const value = readValue(policyElements[name].kind, child, PATH);
    if (!value.ok) return value;
    policy[name] = value.value;
  }
  return ok((unknownElements.length > 0 ? { ...policy, unknownElements } : policy) as EASProvisionDoc);
}

/**
 * Writes a policy in the order of the schema (MS-ASPROV 6.3), elements that no row names last. With a version only the
 * elements which that version carries, and none that no row names.
 */
export function writePolicy(policy: EASProvisionDoc, version?: ProtocolVersion): Element {
  const known: Element[] = [];
  for (const name of version ? elementsOf(version) : policyElementNames) {
    const value = policy[name];
    if (value !== undefined) known.push(writeValue(policyElements[name].kind, `Provision:${name}`, value));
  }
  const unknown = version ? [] : (policy.unknownElements ?? []);
  return container(ROOT, [...known, ...unknown]);
}

const ROOT = 'Provision:EASProvisionDoc';
const PATH = 'EASProvisionDoc';

const names: ReadonlyMap<string, PolicyElementName> = new Map(
  policyElementNames.map((name) => [`Provision:${name}`, name]),
);
