import type { ExchangeFault } from '../../machines/index.js';
import { httpStatus } from '../http/index.js';
import type { Move } from '../protocol/problem.js';
import { describeStatus } from '../protocol/status.js';
import type { ClientFailure, Refusal } from './outcome.js';

/** What happened in the words of the specifications, and whose move would mend it. */
export interface Explanation {
  /** `Http 401`, `Provision 139`, `Policy 4`, or the kind of failure: `Network`, `ReprovisionLoop`. */
  readonly code: string;
  readonly name: string;
  readonly meaning: string;
  readonly move: Move;
}

export function explain(failure: ClientFailure | Refusal): Explanation {
  switch (failure.kind) {
    case 'Rejected': {
      const { scope, status } = failure;
      const { name, meaning, move } = scope === 'Http' ? httpStatus(status) : describeStatus(scope, status);
      const advice = scope === 'Http' ? httpAdvice.get(status) : undefined;
      return { code: `${scope} ${status}`, name, meaning: advice ? `${meaning} ${advice}` : meaning, move };
    }
    case 'ExchangeFailed':
      return { code: failure.fault, ...explanations[failure.fault] };
    default:
      return { code: failure.kind, ...explanations[failure.kind] };
  }
}

/** What a client is to do about an HTTP status beside what the status means (MS-ASHTTP 3.1.5.2.1, 3.1.5.2.2). */
const httpAdvice: ReadonlyMap<number, string> = new Map([
  [401, 'Ask for them again; where they are right, Autodiscover may name another server.'],
  [403, 'Autodiscover may name another server.'],
  [451, 'It is no place to follow to by oneself: a warning says why.'],
  [500, 'Autodiscover may name another server.'],
]);

type Explained =
  | ExchangeFault
  | Exclude<(ClientFailure | Refusal)['kind'], 'Rejected' | 'ExchangeFailed'>
  | 'ServerViolation'
  | 'LocalViolation';

/** What no status of a specification says: one row for each code. */
export const explanations = {
  Network: { name: 'No connection', meaning: 'The server was not reached, or the connection broke.', move: 'wait' },
  Timeout: { name: 'No answer in time', meaning: 'The server did not answer within the time allowed.', move: 'wait' },
  Malformed: {
    name: 'Unusable answer',
    meaning: 'Too large, not WBXML, or not an answer to what was asked.',
    move: 'server',
  },
  Aborted: { name: 'Aborted', meaning: 'The exchange was called off on this side.', move: 'caller' },
  OfferExpired: { name: 'Offer expired', meaning: 'The policy was not acknowledged in time.', move: 'client' },
  WipeFailed: {
    name: 'Wipe not done',
    meaning: 'The device cannot or may not wipe: the directive stands.',
    move: 'user',
  },
  ReprovisionLoop: {
    name: 'Demand without end',
    meaning: 'The server keeps demanding to provision however often that was done.',
    move: 'administrator',
  },
  ReprovisionRequired: {
    name: 'Demanded again',
    meaning: 'The server refuses the command under the key that it has just issued.',
    move: 'server',
  },
  HostFailed: { name: 'Host failed', meaning: 'A port that the host supplies threw.', move: 'caller' },
  ForeignState: {
    name: 'State of another',
    meaning: 'The store holds the state of another user or device; it was neither used nor changed.',
    move: 'caller',
  },
  Unsendable: { name: 'Not sendable', meaning: 'The command cannot be written as it is.', move: 'caller' },
  ServerViolation: { name: 'Violation', meaning: 'The server said what it may not say here.', move: 'server' },
  LocalViolation: { name: 'Violation', meaning: 'A fact of this side fits no state.', move: 'client' },
} as const satisfies Record<Explained, Omit<Explanation, 'code'>>;
