import { type Limits, load, type ProvisioningState, save, start } from '../../machines/index.js';
import { base64 } from '../http/index.js';

/** The text to store for a state. A policy that stands offered may hold opaque bytes, which JSON does not know. */
export function writeState(state: ProvisioningState<'client'>): string {
  return JSON.stringify(save(state), (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    const text = base64.encode(value);
    return { base64: text.ok ? text.value : '' };
  });
}

/**
 * The state that a stored text holds. Text that holds none is as good as a lost one: the device is at its first contact,
 * and the server says again what it wants (MS-ASPROV 3.1.5.1).
 */
export function readState(text: string | null, limits: Limits): ProvisioningState<'client'> {
  const state = load(text === null ? null : parse(text), 'client', limits);
  return state.ok ? state.value : start('client', limits);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => bytesOf(value) ?? value);
  } catch {
    return null;
  }
}

function bytesOf(value: unknown): Uint8Array | null {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return null;
  const bytes = typeof value.base64 === 'string' ? base64.decode(value.base64) : null;
  return bytes?.ok ? bytes.value : null;
}
