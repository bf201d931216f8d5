/** Whether JSON from outside has the shape of something: tables of checks, one per field. */
import { memoryFields } from '../../machines/provisioning.record-fields.js';

export type Check = (value: unknown) => boolean;
export type Shape = Readonly<Record<string, Check>>;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The name of the first field that is missing, unknown or not as its row has it; null where all are. */
export function misshapenField(
  value: Readonly<Record<string, unknown>>,
  required: Shape,
  optional: Shape = {},
): string | null {
  for (const [name, check] of Object.entries(required)) {
    if (!Object.hasOwn(value, name) || !check(value[name])) return name;
  }
  for (const [name, field] of Object.entries(value)) {
    if (Object.hasOwn(required, name)) continue;
    const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
    if (!check?.(field)) return name.slice(0, MAX_NAME);
  }
  return null;
}

/** An object with these fields and no others. */
export function shaped(required: Shape, optional?: Shape): Check {
  return (value) => isObject(value) && misshapenField(value, required, optional) === null;
}

/** An object whose `tag` names a row, with the fields of that row beside it. */
export function variant(tag: string, rows: Readonly<Record<string, Shape>>): Check {
  return (value) => {
    if (!isObject(value)) return false;
    const { [tag]: name, ...fields } = value;
    const row = typeof name === 'string' && Object.hasOwn(rows, name) ? rows[name] : undefined;
    return row !== undefined && misshapenField(fields, row) === null;
  };
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

export function nullOr(check: Check): Check {
  return (value) => value === null || check(value);
}

export function listOf(check: Check, most: number): Check {
  return (value) => Array.isArray(value) && value.length <= most && value.every(check);
}

export function textUpTo(length: number): Check {
  return (value) => typeof value === 'string' && value.length <= length;
}

export const { policyKey: isKey, attempts: isCount, failure: isFailure } = memoryFields;
export const isScope: Check = oneOf('device', 'account');
export const isReason: Check = (value) => value !== null && memoryFields.reason(value);
export const isPolicy: Check = (policy) =>
  memoryFields.pending({ kind: 'Policy', policy, revision: null, status: null });

const MAX_NAME = 40;
