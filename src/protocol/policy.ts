import type { Element } from './element.js';
import { type BooleanKind, type ListKind, type PolicyElementName, policyElements } from './policy-elements.js';
import { isInRange, isOfType, rangeRule, typeRule } from './policy-value.js';
import { type Problem, problem } from './problem.js';
import { err, ok, type Result } from './result.js';
import { isAtLeast, type ProtocolVersion, versions } from './version.js';

export { type PolicyElementName, type PolicyElementRow, policyElements } from './policy-elements.js';

/**
 * The settings of a device policy (MS-ASPROV 2.2.2.28), independent of the protocol version.
 *
 * An absent property is an absent element: nothing is asked. `null` is an element that is present but empty: unset,
 * whatever was set before (3.2.5.1.1, R492). Neither is 0 or `false`. Ranges and meanings stand in `policyElements`;
 * a document read from a peer may hold numbers outside them.
 */
export type EASProvisionDoc = {
  readonly [Name in PolicyElementName]?: ValueOf<(typeof policyElements)[Name]['kind']>;
} & {
  /** Children that no row names, as they came; never an empty list. They are dropped when projected to a version. */
  readonly unknownElements?: readonly Element[];
};

/** The value of a policy element, by its kind. */
export type ValueOf<Kind> = Kind extends ListKind
  ? readonly string[]
  : Kind extends BooleanKind
    ? boolean | null
    : number | null;

/** The names of all policy elements, in the order of the schema. */
export const policyElementNames = Object.keys(policyElements) as readonly PolicyElementName[];

/** The policy elements that a version carries, in the order of the schema: none in 2.5, 11 in 12.0, 42 from 12.1. */
export function elementsOf(version: ProtocolVersion): readonly PolicyElementName[] {
  return carried.get(version) ?? [];
}

/** The part of a policy that the document of a version can carry: nothing in 2.5, which has a document of its own. */
export function carriedPolicy(policy: EASProvisionDoc, version: ProtocolVersion): EASProvisionDoc {
  const names = elementsOf(version).filter((name) => Object.hasOwn(policy, name));
  return Object.fromEntries(names.map((name) => [name, policy[name]])) as EASProvisionDoc;
}

/**
 * A policy that may be handed out: for documents that people write. Refused are anything but a plain object, names
 * that no row has (`unknownElements` among them), values of another type or outside the range, and `null` where the
 * schema allows no empty element. The problem's path names the element, its message the rule.
 *
 * @returns `ERR_POLICY_SHAPE`, `ERR_POLICY_NAME`, `ERR_POLICY_VALUE` or `ERR_POLICY_RANGE`.
 */
export function validatePolicy(policy: unknown): Result<EASProvisionDoc> {
  return validate(policy, (name, value) => faultOf(name, value, 'range'));
}

/**
 * A policy that can be written, whatever its ranges: what a peer may have sent, `unknownElements` included.
 *
 * @returns `ERR_POLICY_SHAPE`, `ERR_POLICY_NAME` or `ERR_POLICY_VALUE`.
 */
export function validatePolicyTypes(policy: unknown): Result<EASProvisionDoc> {
  return validate(policy, (name, value) =>
    name === 'unknownElements' ? unknownFault(value) : faultOf(name, value, 'type'),
  );
}

function validate(policy: unknown, judge: (name: string, value: unknown) => Problem | null): Result<EASProvisionDoc> {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    return err(problem('ERR_POLICY_SHAPE', 'Expected an object of policy elements.', { path: ROOT }));
  }
  for (const [name, value] of Object.entries(policy)) {
    const fault = judge(name, value);
    if (fault) return err(fault);
  }
  return ok(policy as EASProvisionDoc);
}

function faultOf(name: string, value: unknown, held: 'type' | 'range'): Problem | null {
  const path = `${ROOT}/${name.slice(0, 64)}`;
  if (!isPolicyElementName(name)) return problem('ERR_POLICY_NAME', 'Expected the name of a policy element.', { path });
  const { kind } = policyElements[name];
  if (!isOfType(kind, value)) return problem('ERR_POLICY_VALUE', `Expected ${typeRule(kind)}.`, { path });
  if (held === 'type' || isInRange(kind, value)) return null;
  return problem('ERR_POLICY_RANGE', `Expected ${rangeRule(kind)}.`, { path });
}

/** What a row names is not unknown: written beside the row's own value it would be doubled. */
function unknownFault(value: unknown): Problem | null {
  if (Array.isArray(value) && value.findIndex((element) => !isUnknownElement(element)) < 0) return null;
  return problem('ERR_POLICY_SHAPE', 'Expected a list of elements that no row names.', {
    path: `${ROOT}/unknownElements`,
  });
}

function isUnknownElement(value: unknown): boolean {
  if (!isElement(value)) return false;
  return !value.name.startsWith('Provision:') || !isPolicyElementName(value.name.slice('Provision:'.length));
}

/** A tree that a coder can walk; a hole in a list is no element. One that holds itself ends at the limit. */
function isElement(root: unknown): root is Element {
  const open = [root];
  for (let count = 1; open.length > 0; count++) {
    const element = open.pop();
    if (typeof element !== 'object' || element === null || !('name' in element) || !('content' in element))
      return false;
    const { name, content } = element;
    if (typeof name !== 'string') return false;
    if (content === null || typeof content === 'string' || content instanceof Uint8Array) continue;
    if (!Array.isArray(content) || count + open.length + content.length > MAX_ELEMENTS) return false;
    for (const child of content) open.push(child);
  }
  return true;
}

function isPolicyElementName(name: string): name is PolicyElementName {
  return Object.hasOwn(policyElements, name);
}

const ROOT = 'EASProvisionDoc';

/** As many as a WBXML document may hold. */
const MAX_ELEMENTS = 0x1_0000;

const carried: ReadonlyMap<ProtocolVersion, readonly PolicyElementName[]> = new Map(
  versions.map((version) => [
    version,
    policyElementNames.filter((name) => isAtLeast(version, policyElements[name].since)),
  ]),
);
