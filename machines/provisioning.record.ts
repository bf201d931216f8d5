/** A state as it is stored: `{ v, name, context }`, small, versioned, and believed only after a look at every field. */
import { NO_POLICY_KEY } from '../src/protocol/policy-key.js';
import { problem } from '../src/protocol/problem.js';
import { err, ok, type Result } from '../src/protocol/result.js';
import { cleanMemory, defaultLimits, type Limits, type ProvisioningContext, remember } from './provisioning.context.js';
import type { Role } from './provisioning.events.js';
import { provisioningMachine } from './provisioning.machine.js';
import { memoryFields } from './provisioning.record-fields.js';
import type { ProvisioningState, ProvisioningStateName } from './provisioning.step.js';

/** The record format; a change of it adds a row to `migrations`. */
export const RECORD_VERSION = 3;

type Memory = Omit<ProvisioningContext, 'role' | 'limits'>;

/** A state as it is stored: JSON-ready. */
export interface ProvisioningRecord {
  readonly v: typeof RECORD_VERSION;
  readonly name: ProvisioningStateName;
  /** What differs from the memory of a side that never met its peer; role and limits are the loader's. */
  readonly context: Partial<Memory>;
}

/** The state as JSON-ready data: 40 to 120 bytes when nothing stands offered. */
export function save({ name, context }: ProvisioningState): ProvisioningRecord {
  const fields = Object.keys(cleanMemory) as (keyof Memory)[];
  const kept = fields.filter((field) => context[field] !== cleanMemory[field]);
  return { v: RECORD_VERSION, name, context: Object.fromEntries(kept.map((field) => [field, context[field]])) };
}

/** The state a record holds, or `ERR_STATE_SHAPE` with the path of what is wrong; older versions are migrated. */
export function load<R extends Role>(
  record: unknown,
  role: R,
  limits: Limits = defaultLimits[role],
): Result<ProvisioningState<R>> {
  const current = migrate(record);
  if (!isObject(current) || current.v !== RECORD_VERSION) {
    return refuse('v', `no record of version 1 to ${RECORD_VERSION}`);
  }
  const { name, context } = current;
  for (const field in current) if (!isRecordField(field)) return refuse(field, 'no such field');
  if (!isStateName(name)) return refuse('name', 'no such state');
  if (!isObject(context)) return refuse('context', 'not an object');
  for (const field in context) {
    if (!isMemoryField(field)) return refuse(`context/${field}`, 'no such field');
    if (!memoryFields[field](context[field])) return refuse(`context/${field}`, 'not a value this field can have');
  }
  const clean: ProvisioningContext & { readonly role: R } = { role, limits, ...cleanMemory };
  const state = { name, context: remember(clean, context) };
  return isConsistent(state) ? ok(state) : refuse('context', `not a memory that ${name} can have`);
}

/**
 * From each older version to the next. Version 1 wrote the whole context, with its role and limits; 2 did not know
 * whether a wipe was confirmed.
 */
const migrations: Readonly<Record<number, (record: Fields) => Fields>> = {
  1: ({ name, context }) => {
    if (!isObject(context)) return { v: 2, name, context };
    const { role: _role, limits: _limits, ...memory } = context;
    return { v: 2, name, context: memory };
  },
  2: ({ name, context }) => {
    if (!isObject(context) || !isObject(context.pending) || context.pending.kind !== 'Wipe') {
      return { v: 3, name, context };
    }
    return { v: 3, name, context: { ...context, pending: { ...context.pending, status: null } } };
  },
};

type Fields = Readonly<Record<string, unknown>>;

function isRecordField(name: string): boolean {
  return name === 'v' || name === 'name' || name === 'context';
}

function isMemoryField(name: string): name is keyof typeof memoryFields {
  return Object.hasOwn(memoryFields, name);
}

function isStateName(name: unknown): name is ProvisioningStateName {
  return typeof name === 'string' && Object.hasOwn(provisioningMachine.states, name);
}

function migrate(record: unknown): unknown {
  let current = record;
  while (isObject(current) && typeof current.v === 'number' && Object.hasOwn(migrations, current.v)) {
    current = migrations[current.v]?.(current);
  }
  return current;
}

/** What no run of the machine can leave behind is not believed. */
function isConsistent({ name, context }: ProvisioningState): boolean {
  const { policyKey, pending, settledKey, revision } = context;
  const offersPolicy = pending?.kind === 'Policy';
  if ((pending !== null) !== (name === 'Acknowledging')) return false;
  if (offersPolicy && policyKey === NO_POLICY_KEY) return false;
  if (policyKey !== NO_POLICY_KEY && name !== 'Provisioned' && !offersPolicy) return false;
  return name === 'Provisioned' || (settledKey === null && revision === null);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(path: string, message: string) {
  return err(problem('ERR_STATE_SHAPE', message, { path }));
}
