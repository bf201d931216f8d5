import type { Random } from './random.js';

/** What is fuzzed: how inputs are made, what has to hold for each, and how a bad one gets smaller. */
export interface Target<Input> {
  readonly name: string;
  /** One input; the same for the same random numbers. */
  make(random: Random): Input;
  /**
   * The first law that the input breaks, as `law: what was seen`, or null. What it throws is a broken law as well: the
   * law that nothing throws.
   */
  check(input: Input): string | null | Promise<string | null>;
  /** Smaller inputs, the smallest first, for the minimiser. */
  simpler(input: Input): Iterable<Input>;
  /** As one line of text. */
  show(input: Input): string;
  /** How work is counted, where the target is a decoder. */
  readonly work?: Workload<Input>;
}

/** The promise that a decoder's work is linear in its input: at most `each` steps a unit, and `fixed` steps beside. */
export interface Workload<Input> {
  /** A long input: a part of one repeated many times, which is what quadratic work shows in. */
  pumped(random: Random): Input;
  /** Bytes or characters. */
  length(input: Input): number;
  /** The decoding alone. */
  decode(input: Input): unknown;
  readonly each: number;
  readonly fixed: number;
}

/** What one case came to. */
export async function faultIn<Input>({ check }: Target<Input>, input: Input): Promise<string | null> {
  try {
    return await check(input);
  } catch (thrown) {
    return thrownFault(thrown);
  }
}

export function thrownFault(thrown: unknown): string {
  return `throws nothing: ${thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown)}`;
}

/** The law of a fault, without what was seen. */
export function lawOf(fault: string): string {
  return fault.slice(0, fault.indexOf(':'));
}
