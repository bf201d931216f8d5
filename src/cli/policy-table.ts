import { asks } from '../policy/demand.js';
import {
  type EASProvisionDoc,
  type PolicyElementName,
  type PolicyElementRow,
  policyElementNames,
  policyElements,
} from '../protocol/policy.js';
import type { PolicyData } from '../protocol/provision.js';
import type { Look } from './look.js';
import { cell, printable } from './text.js';

/** A policy as lines: only the elements that ask for something, each with its value. */
export async function policyTable(policy: PolicyData, look: Look): Promise<readonly string[]> {
  const document = typeof policy === 'string' ? await wapDocument(policy) : policy;
  if (document === null) return [`a WAP document of ${String(policy).length} characters that can not be read`];
  const names = policyElementNames.filter((name) => asks(name, document));
  if (names.length === 0) return ['nothing: every element is at its most permissive'];
  return elementLines(names, document, look);
}

/** Some elements of a policy as lines, whatever they ask. */
export function elementLines(
  names: readonly PolicyElementName[],
  policy: EASProvisionDoc,
  look: Look,
): readonly string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${cell(name, width, look)}  ${look.colors.cyan(valueText(name, policy[name]))}`);
}

/** A value with its unit or its meaning; absent and empty are said so. */
export function valueText(name: PolicyElementName, value: EASProvisionDoc[PolicyElementName]): string {
  const { kind }: PolicyElementRow = policyElements[name];
  if (value === undefined) return 'absent';
  if (value === null || (typeof value === 'object' && value.length === 0)) return 'empty';
  if (typeof value === 'object') return printable(value.join(', '));
  if ('values' in kind) return `${value} (${kind.values[Number(value)] ?? 'not defined'})`;
  return 'unit' in kind && kind.unit ? `${value} ${kind.unit}` : String(value);
}

async function wapDocument(text: string): Promise<EASProvisionDoc | null> {
  const { wapPolicy } = await import('../codec/xml/index.js');
  const document = wapPolicy.decode(text);
  return document.ok ? document.value : null;
}
