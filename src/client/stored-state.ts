/** The memory of a client as one text, and back. */
import { load, type ProvisioningState, save, start } from '../../machines/index.js';
import { base64 } from '../http/index.js';
import { validatePolicyTypes } from '../protocol/policy.js';
import { type Problem, problem } from '../protocol/problem.js';
import type { PolicyData } from '../protocol/provision.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isProtocolVersion } from '../protocol/version.js';
import { endpointOf } from './endpoint.js';
import { type Memory, NEVER_ASKED_AFTER } from './memory.js';
import type { Settings } from './settings.js';
import { isLoopback } from './site.js';

/** The form of the text. Before the first one it was the record of the machine alone. */
const FORMAT = 1;

/** The longest policy that is stored once it is agreed on, in characters of JSON. */
export const MAX_POLICY = 0x1_0000;

/** What a client has to be for a stored state to be its own. */
export type Owner = 'user' | 'device.id' | 'device.type';

type Identity = Pick<Settings, 'user' | 'device' | 'endpoint' | 'queryForm' | 'limits'>;
type Fields = Readonly<Record<string, unknown>>;

/** The text to store. Policies may hold opaque bytes, which JSON does not know. */
export function writeMemory(memory: Memory, { user, device, endpoint }: Identity): string {
  const { state, policy, queryForm, protocolVersion, movedTo, unasked, hasLookedForWipe } = memory;
  return JSON.stringify(
    {
      format: FORMAT,
      user,
      device: { id: device.id, type: device.type },
      url: endpoint,
      queryForm,
      ...(protocolVersion !== null && { protocolVersion }),
      ...(movedTo !== null && { movedTo }),
      ...(unasked > 0 && { unasked }),
      ...(hasLookedForWipe && { hasLookedForWipe }),
      machine: save(state),
      ...(policy !== null && lengthOf(policy) <= MAX_POLICY && { policy }),
    },
    bytesAsText,
  );
}

/** How long a policy is as JSON. */
export function lengthOf(policy: PolicyData): number {
  return JSON.stringify(policy, bytesAsText).length;
}

/** What a text holds. */
export interface Recalled {
  readonly memory: Memory;
  /** Why a part of the text, or all of it, could not be read. */
  readonly problem: Problem | null;
}

/**
 * The memory that a stored text holds; an error names what tells that it is another client's. Text that holds none is
 * as good as a lost one: the device is at its first contact, and the server says again what it wants (MS-ASPROV
 * 3.1.5.1). The query form is kept even then, as far as it can be read.
 */
export function readMemory(text: string | null, owner: Identity): Result<Recalled, Owner> {
  const fresh = freshMemory(owner);
  if (text === null) return ok({ memory: fresh, problem: null });
  const stored = parse(text);
  if (!isObject(stored)) return ok({ memory: fresh, problem: noObject });
  // Records of the machine alone were written before the form had a number.
  if (stored.format === undefined) return ok(recalled(fresh, { machine: stored }, owner));
  if (stored.format !== FORMAT) return ok({ memory: fresh, problem: noFormat });
  const foreign = foreignField(stored, owner);
  return foreign ? err(foreign) : ok(recalled(fresh, stored, owner));
}

function freshMemory({ limits, queryForm }: Identity): Memory {
  return {
    state: start('client', limits),
    policy: null,
    queryForm,
    protocolVersion: null,
    movedTo: null,
    unasked: 0,
    hasLookedForWipe: false,
  };
}

function recalled(fresh: Memory, stored: Fields, { limits, endpoint }: Identity): Recalled {
  const { queryForm, protocolVersion, movedTo, unasked, machine, policy, url } = stored;
  const state = load(machine, 'client', limits);
  const memory: Memory = {
    ...fresh,
    queryForm: queryForm === 'plain' || queryForm === 'base64' ? queryForm : fresh.queryForm,
    protocolVersion: typeof protocolVersion === 'string' && isProtocolVersion(protocolVersion) ? protocolVersion : null,
    movedTo: url === endpoint && isPlace(movedTo, endpoint) ? movedTo : null,
  };
  if (!state.ok) return { memory, problem: state.error };
  return {
    memory: {
      ...memory,
      state: state.value,
      policy: policyOf(state.value, policy),
      unasked: isCount(unasked) ? unasked : 0,
      hasLookedForWipe: stored.hasLookedForWipe === true,
    },
    problem: null,
  };
}

/** Which part of the stored identity is not this client's; the URL may change, because the account may move. */
function foreignField({ user, device }: Fields, own: Identity): Owner | null {
  if (user !== own.user) return 'user';
  if (!isObject(device) || device.id !== own.device.id) return 'device.id';
  return device.type === own.device.type ? null : 'device.type';
}

function isPlace(value: unknown, endpoint: string): value is string {
  if (typeof value !== 'string' || endpointOf(value) !== value) return false;
  return value.startsWith('https:') || (isLoopback(endpoint) && isLoopback(value));
}

function policyOf({ name }: ProvisioningState, value: unknown): PolicyData | null {
  if (name === 'Unprovisioned' || value === undefined) return null;
  if (typeof value === 'string') return value;
  const policy = validatePolicyTypes(value);
  return policy.ok ? policy.value : null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= NEVER_ASKED_AFTER;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bytesAsText(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  const text = base64.encode(value);
  return { base64: text.ok ? text.value : '' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => bytesOf(value) ?? value);
  } catch {
    return null;
  }
}

function bytesOf(value: unknown): Uint8Array | null {
  if (!isObject(value) || !('base64' in value)) return null;
  const bytes = typeof value.base64 === 'string' ? base64.decode(value.base64) : null;
  return bytes?.ok ? bytes.value : null;
}

const noObject = problem('ERR_STATE_SHAPE', 'Not a JSON object.');
const noFormat = problem('ERR_STATE_SHAPE', `Not format ${FORMAT}.`, { path: 'format' });
