/** Policies, made from the rows of the table. */
import fc from 'fast-check';
import type { Element } from '../../../src/protocol/element.js';
import { type EASProvisionDoc, policyElementNames, policyElements } from '../../../src/protocol/policy.js';
import type { PolicyKind } from '../../../src/protocol/policy-elements.js';
import { inlineText } from './text.js';

type Value = boolean | number | null | readonly string[];

/** Values that a policy may set. */
export function validValue(kind: PolicyKind): fc.Arbitrary<Value> {
  if (kind.type === 'boolean') return fc.boolean();
  if (kind.type === 'list') return fc.array(inlineText, { maxLength: 4 });
  const numbers =
    'values' in kind
      ? fc.constantFrom(...Object.keys(kind.values).map(Number))
      : fc.integer({ min: kind.min, max: kind.max });
  return kind.type.endsWith('OrEmpty') ? fc.option(numbers, { nil: null }) : numbers;
}

/** Values that a peer can have sent: of the type, whatever the range. */
export function anyValue(kind: PolicyKind): fc.Arbitrary<Value> {
  if (kind.type === 'list') return validValue(kind);
  const value =
    kind.type === 'boolean' ? fc.boolean() : fc.oneof(fc.integer({ min: -2, max: 20 }), fc.maxSafeInteger());
  return fc.option<boolean | number, null>(value, { nil: null });
}

/** Numbers just outside a kind's range, or between its allowed values. */
export function numbersBeyond(kind: PolicyKind): readonly number[] {
  if (kind.type === 'boolean' || kind.type === 'list') return [];
  if (!('values' in kind)) return [kind.min - 1, kind.max + 1];
  const allowed = Object.keys(kind.values).map(Number);
  return Array.from({ length: Math.max(...allowed) + 3 }, (_, i) => i - 1).filter((n) => !allowed.includes(n));
}

/** Policies that an administrator may write: each of them passes `validatePolicy`. */
export const validPolicy: fc.Arbitrary<EASProvisionDoc> = policyOf(validValue);

/** Elements that no row names, of pages and tags that a decoder can meet. */
export const unknownElement: fc.Arbitrary<Element> = fc.letrec<{ element: Element; content: Element['content'] }>(
  (tie) => ({
    element: fc.record(
      {
        name: fc.constantFrom('Provision:0x3F', 'Provision:Status', 'Settings:Model'),
        content: tie('content'),
      },
      { noNullPrototype: true },
    ),
    content: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'element' },
      fc.constant(null),
      inlineText,
      fc.uint8Array({ maxLength: 6 }),
      fc.array(tie('element'), { maxLength: 3, depthIdentifier: 'element' }),
    ),
  }),
).element;

/** Policies as peers send them: any numbers, empty elements, elements that no row names. */
export const anyPolicy: fc.Arbitrary<EASProvisionDoc> = fc
  .tuple(policyOf(anyValue), fc.array(unknownElement, { maxLength: 3 }))
  .map(([policy, unknownElements]) => (unknownElements.length > 0 ? { ...policy, unknownElements } : policy));

function policyOf(arbitraryOf: (kind: PolicyKind) => fc.Arbitrary<Value>): fc.Arbitrary<EASProvisionDoc> {
  const values = Object.fromEntries(policyElementNames.map((name) => [name, arbitraryOf(policyElements[name].kind)]));
  return fc
    .tuple(fc.subarray([...policyElementNames]), fc.record(values))
    .map(([names, all]) => Object.fromEntries(names.map((name) => [name, all[name]])) as EASProvisionDoc);
}
