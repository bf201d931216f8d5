import { minimised } from './minimise.js';
import { Random } from './random.js';
import { type Target, thrownFault } from './target.js';

/** A case that broke a law, and the smallest input found that breaks the same one. */
export interface Failure {
  readonly target: string;
  readonly seed: number;
  readonly case: number;
  readonly fault: string;
  readonly input: string;
  readonly minimized: string;
  readonly replay: string;
}

export interface Run {
  readonly cases: number;
  readonly failure: Failure | null;
}

/** When to stop: after so many cases, or when asked every 256 cases. */
export interface Until {
  readonly from?: number;
  readonly cases?: number;
  isOver?(): boolean;
  /** How many smaller inputs to try; 5,000 when absent. */
  readonly tries?: number;
  /** Told the number of each case before it begins. */
  began?(number: number): void;
}

/** A target whatever its inputs are. */
export interface Fuzzer {
  readonly name: string;
  run(seed: number, until: Until): Promise<Run>;
  /** An input to count the work of; null where the target is no decoder. */
  readonly pumped: ((random: Random) => Pumped) | null;
}

/** A long input, how long it is, and how many steps it may take. */
export interface Pumped {
  readonly length: number;
  readonly allowed: number;
  decode(): void;
  show(): string;
}

export function fuzzer<Input>(target: Target<Input>): Fuzzer {
  const { name, work } = target;
  return {
    name,
    run: (seed, until) => runCases(target, seed, until),
    pumped:
      work === undefined
        ? null
        : (random) => {
            const input = work.pumped(random);
            const length = work.length(input);
            return {
              length,
              allowed: work.fixed + work.each * length,
              decode: () => void work.decode(input),
              show: () => target.show(input),
            };
          },
  };
}

/** Runs cases in order until one breaks a law. */
export async function runCases<Input>(target: Target<Input>, seed: number, until: Until): Promise<Run> {
  const { from = 0, cases = Number.MAX_SAFE_INTEGER, isOver = () => false, tries = 5000, began } = until;
  const random = new Random(seed, from);
  for (let count = 0; count < cases; count++) {
    if (count % 256 === 0 && isOver()) return { cases: count, failure: null };
    const number = from + count;
    began?.(number);
    random.restart(seed, number);
    const input = target.make(random);
    let fault: string | null;
    try {
      const checked = target.check(input);
      // Most checks are done at once; waiting for them would cost more than they do.
      fault = typeof checked === 'object' && checked !== null ? await checked : checked;
    } catch (thrown) {
      fault = thrownFault(thrown);
    }
    if (fault === null) continue;
    const smallest = await minimised(target, input, fault, tries);
    const failure = {
      target: target.name,
      seed,
      case: number,
      fault: smallest.fault,
      input: target.show(input),
      minimized: target.show(smallest.input),
      replay: `npm run fuzz -- --target ${target.name} --seed ${seed} --case ${number}`,
    };
    return { cases: count + 1, failure };
  }
  return { cases, failure: null };
}
