/** Both real adapters over a link that waits for a person. */
import type { AcknowledgmentStatus, ProvisioningState } from '../../machines/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { Entry } from '../timeline/entry.js';
import type { MoveName } from './moves.js';

/** A client and a server in one place, and everything between them. Deterministic: equal moves lead to equal entries. */
export interface Simulation {
  readonly protocolVersion: ProtocolVersion;
  /** What happened so far; only appended to. */
  readonly entries: readonly Entry[];
  /** What was done so far: with the version, all there is to know. */
  readonly moves: readonly MoveName[];
  /** What waits to happen, in the order in which `step` lets it. */
  readonly waiting: readonly Waiting[];
  /** What the device would go on from. */
  readonly client: ProvisioningState<'client'>;
  /** What the server stored of the device. */
  readonly server: ProvisioningState<'server'>;
  /** How the device and its surroundings are set now. */
  readonly settings: SimulationSettings;
  /** What the last command came to, in words; null before one came to its end. */
  readonly outcome: string | null;
  /** Whether a move would do anything now. */
  can(move: MoveName): boolean;
  /** Does it, if it can be done, and all that follows of itself. One after another. */
  do(move: MoveName): Promise<void>;
}

/** Something that waits for `step`. */
export interface Waiting {
  readonly kind: 'Request' | 'Answer' | 'Timer';
  /** The `id` of the message; null for a timer. */
  readonly message: number | null;
  readonly text: string;
}

export interface SimulationSettings {
  readonly applies: AcknowledgmentStatus;
  readonly confirmsWipes: boolean;
  /** Counts the policies set so far, from 1; null while none is set. */
  readonly policy: number | null;
  /** The wipe that is ordered and not done. */
  readonly wipe: 'device' | 'account' | null;
}
