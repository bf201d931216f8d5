import type { ProvisioningState } from '../../machines/index.js';
import type { Entry } from '../timeline/entry.js';

export type Mode = 'simulation' | 'watch' | 'replay' | 'receive';

/** What the page shows: entries, and what is known of the sides before the first of them. */
export interface Story {
  readonly mode: Mode;
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly initial: InitialStates;
  /** How many entries went before those, because not all are kept. */
  readonly gone?: number;
}

/** Null where a side is seen only by what it sends. */
export interface InitialStates {
  readonly client: ProvisioningState<'client'> | null;
  readonly server: ProvisioningState<'server'> | null;
}

export const nothingKnown: InitialStates = { client: null, server: null };
