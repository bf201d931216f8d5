import type { ProvisioningContext, ProvisioningState } from '../../machines/index.js';
import { valueText } from './value-text.js';

/** One line of what a side remembers. */
export interface ContextRow {
  readonly field: ContextField;
  readonly label: string;
  readonly text: string;
}

export type ContextField = Exclude<keyof ProvisioningContext, 'role' | 'limits'>;

/** Everything a side remembers, a line for each field. */
export function contextRows(state: ProvisioningState): readonly ContextRow[] {
  return fields.map(([field, { label, text }]) => ({ field, label, text: text(state) }));
}

/** The fields that differ between two states, with the text of each before and after. */
export function contextChanges(before: ProvisioningState, after: ProvisioningState): readonly ContextChange[] {
  const was = contextRows(before);
  return contextRows(after)
    .map(({ field, label, text }, index) => ({ field, label, before: was[index]?.text ?? '', after: text }))
    .filter((row) => JSON.stringify(before.context[row.field]) !== JSON.stringify(after.context[row.field]));
}

export interface ContextChange {
  readonly field: ContextField;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

interface FieldRow {
  readonly label: string;
  readonly text: (state: ProvisioningState) => string;
}

const rows: Readonly<Record<ContextField, FieldRow>> = {
  policyKey: { label: 'Policy key', text: keyText },
  pending: { label: 'Pending', text: ({ context }) => pendingText(context) },
  reason: { label: 'Reason', text: ({ context }) => valueText(context.reason) },
  revision: { label: 'Revision', text: ({ context }) => valueText(context.revision) },
  settledKey: { label: 'Settled key', text: ({ context }) => valueText(context.settledKey) },
  attempts: { label: 'Failed tries', text: ({ context }) => counted(context.attempts, context.limits.attempts) },
  cycles: { label: 'Cycles', text: ({ context }) => counted(context.cycles, context.limits.cycles) },
  failure: { label: 'Failure', text: ({ context }) => valueText(context.failure) },
};

const fields = Object.entries(rows) as readonly (readonly [ContextField, FieldRow])[];

function keyText({ name, context: { policyKey, pending } }: ProvisioningState): string {
  if (policyKey === '0') return '0 (none)';
  if (name === 'Provisioned') return `${policyKey} (permanent)`;
  return pending?.kind === 'Policy' ? `${policyKey} (temporary)` : policyKey;
}

function pendingText({ pending }: ProvisioningContext): string {
  if (pending === null) return 'none';
  if (pending.kind === 'Wipe') return `Wipe of the ${pending.scope}`;
  const acknowledged = pending.status === null ? 'not acknowledged' : `acknowledged with ${pending.status}`;
  const revision = pending.revision === null ? '' : ` ${valueText(pending.revision)}`;
  return `Policy${revision}, ${acknowledged}`;
}

function counted(count: number, limit: number): string {
  return limit === 0 || limit === Number.MAX_SAFE_INTEGER ? String(count) : `${count} of ${limit}`;
}
