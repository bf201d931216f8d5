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
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${cell(name, width, look)}  ${look.colors.cyan(valueText(name, document))}`);
}

/**
 * Whether an element asks for anything: its value is not what holds without it, and nothing that it depends on is
 * missing (MS-ASPROV 3.1.5.1.1.1, R629).
 */
function asks(name: PolicyElementName, policy: EASProvisionDoc): boolean {
  const value = policy[name] ?? null;
  const { ifAbsent, gated }: PolicyElementRow = policyElements[name];
  if (value === null || value === ifAbsent || (gated && policy.DevicePasswordEnabled !== true)) return false;
  return !Array.isArray(value) || value.length > 0;
}

function valueText(name: PolicyElementName, policy: EASProvisionDoc): string {
  const value = policy[name] ?? null;
  const { kind }: PolicyElementRow = policyElements[name];
  if (kind.type === 'list' && Array.isArray(value)) return printable(value.join(', '));
  if ('values' in kind) return `${value} (${kind.values[Number(value)] ?? 'not defined'})`;
  return 'unit' in kind && kind.unit ? `${value} ${kind.unit}` : String(value);
}

async function wapDocument(text: string): Promise<EASProvisionDoc | null> {
  const { wapPolicy } = await import('../codec/xml/index.js');
  const document = wapPolicy.decode(text);
  return document.ok ? document.value : null;
}
