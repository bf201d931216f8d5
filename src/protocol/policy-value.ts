import type { IntegerKind, PolicyKind } from './policy-elements.js';
import { isWbxmlText } from './wbxml-text.js';

/** Whether a value is of the element's type: what a peer can have sent and a coder can write, whatever its range. */
export function isOfType(kind: PolicyKind, value: unknown): boolean {
  switch (kind.type) {
    case 'boolean':
      return value === null || typeof value === 'boolean';
    case 'list':
      return Array.isArray(value) && value.findIndex((item) => !isWbxmlText(item)) < 0;
    default:
      return value === null || Number.isSafeInteger(value);
  }
}

/**
 * Whether a value of the element's type is one that a policy may set: in range or among the values allowed, and
 * `null` only where the schema allows an empty element (MS-ASPROV 6.3).
 */
export function isInRange(kind: PolicyKind, value: unknown): boolean {
  if (value === null) return kind.type.endsWith('OrEmpty');
  return kind.type === 'boolean' || kind.type === 'list' || holds(kind, Number(value));
}

/** What `isOfType` demands, in words. */
export function typeRule(kind: PolicyKind): string {
  if (kind.type === 'boolean') return 'true, false or null';
  return kind.type === 'list' ? `a list of ${kind.item.name} texts` : 'an integer or null';
}

/** What `isInRange` demands, in words. */
export function rangeRule(kind: PolicyKind): string {
  if (kind.type === 'boolean') return 'true or false';
  if (kind.type === 'list') return typeRule(kind);
  const numbers = 'values' in kind ? `one of ${Object.keys(kind.values).join(', ')}` : `${kind.min} to ${kind.max}`;
  return kind.type.endsWith('OrEmpty') ? `${numbers}, or null` : numbers;
}

function holds(kind: IntegerKind, value: number): boolean {
  return 'values' in kind ? Object.hasOwn(kind.values, value) : value >= kind.min && value <= kind.max;
}
