/** What a call came to, without what it holds: few enough to be told apart in a row. */
import type { FinalOutcome } from '../client/exchange-loop.js';
import { type CommandOutcome, troubleOf } from '../client/outcome.js';

/** An outcome that no command goes on behind, by its kind, and what told it. */
interface End {
  readonly kind: Exclude<CommandOutcome['kind'], 'Answered'>;
  readonly detail: string;
}

/** An outcome of an exchange; under which key, or without a policy, is seen elsewhere. */
export type Verdict = { readonly kind: 'Provisioned'; readonly detail: null } | End;

/** An outcome of a command. */
export type CommandVerdict = { readonly kind: 'Answered'; readonly detail: string | null } | End;

export const answered: CommandVerdict = { kind: 'Answered', detail: null };
export const unanswered: CommandVerdict = { kind: 'Unreachable', detail: 'Timeout' };

/** An exchange that reported nothing ends as the client says it does. */
export function verdictOfExchange(outcome: FinalOutcome | null): Verdict {
  if (outcome === null) return detailed(troubleOf({ kind: 'ExchangeFailed', fault: 'Aborted' }));
  if (outcome.kind === 'Provisioned') return { kind: 'Provisioned', detail: null };
  return detailed(outcome.kind === 'Failed' ? troubleOf(outcome.failure) : outcome);
}

export function verdictOfCommand(outcome: CommandOutcome): CommandVerdict {
  return outcome.kind === 'Answered' ? answered : detailed(outcome);
}

type Detailed = Exclude<CommandOutcome, { kind: 'Answered' }> | Extract<FinalOutcome, { kind: 'Violation' }>;

function detailed(outcome: Detailed): End {
  switch (outcome.kind) {
    case 'Wiped':
      return { kind: outcome.kind, detail: outcome.scope };
    case 'Violation':
      return { kind: outcome.kind, detail: outcome.event };
    default: {
      const { kind, failure } = outcome;
      return { kind, detail: detailOf(failure) };
    }
  }
}

function detailOf(failure: Extract<Detailed, { failure: unknown }>['failure']): string {
  switch (failure.kind) {
    case 'Rejected':
      return `${failure.scope} ${failure.status}`;
    case 'ExchangeFailed':
      return failure.fault;
    case 'ReprovisionRequired':
      return failure.reason;
    default:
      return failure.kind;
  }
}

export function verdictText({ kind, detail }: CommandVerdict): string {
  return detail === null ? kind : `${kind}: ${detail}`;
}
