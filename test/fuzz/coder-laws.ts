/** What holds for every coder of the project, whatever it is given. */
import { type Problem, type ProblemCode, problemCodes } from '../../src/protocol/problem.js';
import type { Coder, Result } from '../../src/protocol/result.js';
import { isSame } from './same.js';

export interface CoderRules<Decoded, Encoded> {
  readonly coder: Coder<Decoded, Encoded>;
  /** Why a value that was decoded may be refused by `encode`; by default it may not. */
  readonly refusals?: readonly ProblemCode[];
}

type Measurable = string | Uint8Array;

/** decode is total; encode(decode(x)) is canonical: it decodes to the same value, and is written the same again. */
export function decodingFault<Decoded, Encoded extends Measurable>(
  { coder, refusals = [] }: CoderRules<Decoded, Encoded>,
  input: Encoded,
): string | null {
  const decoded = coder.decode(input);
  if (!decoded.ok) return problemFault(decoded.error, input.length);
  const written = coder.encode(decoded.value);
  if (!written.ok) {
    const { code } = written.error;
    return refusals.includes(code) ? problemFault(written.error) : `what is decoded can be encoded: ${code}`;
  }
  const again = coder.decode(written.value);
  if (!again.ok) return `what is encoded can be decoded: ${again.error.code}`;
  if (!isSame(again.value, decoded.value)) return 'encoding loses nothing: another value came back';
  const rewritten = coder.encode(again.value);
  if (!rewritten.ok) return `what is encoded can be encoded again: ${rewritten.error.code}`;
  return isSame(rewritten.value, written.value) ? null : 'the canonical form is one: it is written in another way';
}

/** encode is total, and what it writes decodes to the value. */
export function encodingFault<Decoded, Encoded extends Measurable>(
  { coder }: Pick<CoderRules<Decoded, Encoded>, 'coder'>,
  value: Decoded,
): string | null {
  const written = coder.encode(value);
  if (!written.ok) return problemFault(written.error);
  const decoded = coder.decode(written.value);
  if (!decoded.ok) return `what is encoded can be decoded: ${decoded.error.code}`;
  return isSame(decoded.value, value) ? null : 'decode undoes encode: another value came back';
}

/** A problem has a listed code, words, and an offset within the input. */
export function problemFault({ code, message, offset = 0, path = '' }: Problem, length = MAX): string | null {
  if (!Object.hasOwn(problemCodes, code)) return `problems have a code of the list: ${code}`;
  if (typeof message !== 'string' || message === '' || typeof path !== 'string') {
    return `problems are told in words: ${code}`;
  }
  const isWithin = Number.isSafeInteger(offset) && offset >= 0 && offset <= length;
  return isWithin ? null : `offsets are within the input: ${code} at ${offset} of ${length}`;
}

export function resultFault<Value>(result: Result<Value>, length?: number): string | null {
  return result.ok ? null : problemFault(result.error, length);
}

const MAX = Number.MAX_SAFE_INTEGER;
