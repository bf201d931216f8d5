/**
 * What happened, one thing after another, as pages, terminals and files show it: plain JSON, appended to and never changed.
 * A live page, a recording, a counterexample and a watched server all come to this.
 */
import type { ProvisioningEvent, ProvisioningState, Role, Transition } from '../../machines/index.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { Move } from '../protocol/problem.js';

/** One thing that happened. */
export type Entry = MessageEntry | FateEntry | TransitionEntry | NoteEntry;

interface Common {
  /** Milliseconds since the beginning. */
  readonly at: number;
  /** Which agreement between a device and an account; a server has many. */
  readonly session: string;
}

/** A request or an answer that was put on the wire. What became of it is a `Fate`. */
export interface MessageEntry extends Common {
  readonly kind: 'Message';
  /** A number of its own. */
  readonly id: number;
  readonly direction: 'request' | 'answer';
  /** Of an answer, the request it answers. */
  readonly answers: number | null;
  /** `Provision`, `FolderSync`, `OPTIONS`: of the request, and of the answer to it. */
  readonly command: string;
  readonly protocolVersion: string | null;
  /** The key that a request was sent under; null without one, and in an answer. */
  readonly policyKey: PolicyKey | null;
  /** Of an answer. */
  readonly httpStatus: number | null;
  /** What it says, in a few words, such as `initial`, `policy under temporary key 100`, `Status 142`. */
  readonly summary: string;
  readonly body: MessageBody;
  /** Why it refuses, where the answer or the server itself says so. */
  readonly refusal: RefusalExplained | null;
}

/** What a message carries. */
export interface MessageBody {
  /** Lower case digits, none for an empty body; null where it is not to be shown. */
  readonly hex: string | null;
  /** Indented; null where the body is empty or no WBXML. */
  readonly xml: string | null;
}

/** A refusal as a person reads it. */
export interface RefusalExplained {
  /** `DeviceNotProvisioned`, as tables of reasons and statuses name it. */
  readonly name: string;
  readonly meaning: string;
  readonly move: Move;
}

/** What became of a message. Nothing of it is said while the message is under way. */
export interface FateEntry extends Common {
  readonly kind: 'Fate';
  /** The `id` of the message. */
  readonly message: number;
  /** `Repeated`: a second copy was put on the wire behind it. `Delayed`: others go first. */
  readonly fate: 'Delivered' | 'Lost' | 'Repeated' | 'Delayed';
}

/** A fact that one side took, and what it led to. */
export interface TransitionEntry extends Common, Transition {
  readonly kind: 'Transition';
  readonly role: Role;
}

/** Anything else: an order of the administrator, a crash, a timer, what a person answered. */
export interface NoteEntry extends Common {
  readonly kind: 'Note';
  readonly by: Role | 'link' | 'environment';
  readonly text: string;
  /** What that side has from now on, where no fact led there: it crashed, or lost what it had stored. */
  readonly state?: ProvisioningState;
}

/** Facts that one side was fed from the start on: the shortest report of a defect. */
export interface FactList {
  readonly role: Role;
  readonly facts: readonly ProvisioningEvent[];
}
