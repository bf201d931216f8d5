import type { Problem } from './problem.js';

/** What a total function gives back: a value, or the problem that kept it from one. Nothing here throws. */
export type Result<T, E = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Two total functions that undo each other: `decode(encode(value))` is `value`. */
export interface Coder<Decoded, Encoded> {
  /** The encoded form, or the problem with the value (a caller's mistake: an unknown name, a value out of range). */
  encode(value: Decoded): Result<Encoded>;
  /** The decoded form, or the problem with the input. Bounded in time and memory by the input's size. */
  decode(input: Encoded): Result<Decoded>;
}
