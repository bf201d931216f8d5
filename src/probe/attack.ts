import type { ProtocolVersion } from '../protocol/version.js';
import type { Bench } from './bench.js';
import type { Finding } from './report.js';

/** What an attack cannot do without. */
export type Need = 'Administration' | 'SecondAccount' | 'WipeConfirmation';

/** One row: what is tried, and the function that tries it. */
export interface Attack {
  /** What is tried, in one sentence. */
  readonly attack: string;
  readonly needs?: readonly Need[];
  /** The first version that it makes sense in; all when absent. */
  readonly since?: ProtocolVersion;
  /** Whether it is tried in the greatest version only, because the version does not matter; in each when absent. */
  readonly once?: true;
  attempt(bench: Bench): Promise<Finding>;
}

/** Rows by id: the promise, a dot, a name. */
export type Attacks = Readonly<Record<`I${number}.${string}`, Attack>>;
