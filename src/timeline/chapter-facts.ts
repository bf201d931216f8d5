/** Which facts lead from one state to another: an exploration keeps the states of a move, and not its facts. */
import type {
  AcknowledgmentStatus,
  ProvisioningEvent,
  ProvisioningState,
  Role,
  step,
  Transition,
} from '../../machines/index.js';
import { reprovisionReasons } from '../../machines/provisioning.events.js';
import { textOf } from '../explore/values.js';
import { NO_POLICY_KEY } from '../protocol/policy-key.js';

/**
 * The shortest way, with the facts that are known to be likely tried first; null where no three facts lead there, as
 * none do after a crash.
 */
export function factsBetween<R extends Role>(
  before: ProvisioningState<R>,
  after: ProvisioningState<R>,
  likely: readonly ProvisioningEvent[],
  take: typeof step,
): readonly Transition<R>[] | null {
  const target = keyOf(after);
  if (keyOf(before) === target) return [];
  const facts = [...likely, ...possibleFacts(before, after)];
  const seen = new Set([keyOf(before)]);
  let ends: readonly Way<R>[] = [{ state: before, transitions: [] }];
  for (let length = 1; length <= MAX_FACTS; length++) {
    const next: Way<R>[] = [];
    for (const { state, transitions } of ends) {
      for (const event of facts) {
        const [reached, effects] = take(state, event);
        const key = keyOf(reached);
        if (seen.has(key)) continue;
        seen.add(key);
        const way = [...transitions, { before: state, event, after: reached, effects }];
        if (key === target) return way;
        next.push({ state: reached, transitions: way });
      }
    }
    ends = next;
  }
  return null;
}

interface Way<R extends Role> {
  readonly state: ProvisioningState<R>;
  readonly transitions: readonly Transition<R>[];
}

/** What was due, what was asked, what was decided. */
const MAX_FACTS = 3;

/** An exploration does not count how often a device asked its server. */
function keyOf({ name, context }: ProvisioningState): string {
  const cycles = context.role === 'server' ? Math.min(context.cycles, 1) : context.cycles;
  return textOf({ name, context: { ...context, cycles } });
}

/** Every fact that could have to do with both states. */
function possibleFacts({ context: was }: ProvisioningState, { context: is }: ProvisioningState): ProvisioningEvent[] {
  const keys = [...new Set([was.policyKey, was.settledKey, is.settledKey, NO_POLICY_KEY])].filter(
    (key) => key !== null,
  );
  const scopes = ['device', 'account'] as const;
  const facts: ProvisioningEvent[] = [{ type: 'PolicyRequested' }];
  for (const policyKey of keys) {
    for (const status of [1, 2, 3, 4] as const satisfies AcknowledgmentStatus[]) {
      facts.push({ type: 'PolicyAcknowledged', policyKey, status });
    }
    facts.push({ type: 'CommandAdmitted', policyKey }, { type: 'OfferExpired', policyKey });
    for (const reason of reprovisionReasons) facts.push({ type: 'ReprovisionRequired', policyKey, reason });
  }
  if (is.pending?.kind === 'Policy') {
    const { policy, revision } = is.pending;
    facts.push({ type: 'PolicyOffered', policyKey: is.policyKey, policy, revision });
  }
  if (is.policyKey !== NO_POLICY_KEY) facts.push({ type: 'PermanentKeyIssued', policyKey: is.policyKey });
  for (const scope of scopes) {
    facts.push({ type: 'WipeDirected', scope }, { type: 'WipeCompleted', scope });
    for (const status of [1, 2] as const) facts.push({ type: 'WipeAcknowledged', scope, status });
  }
  facts.push({ type: 'PolicyNotDefined' }, { type: 'WipeNotDirected' }, { type: 'WipeCancelled' });
  facts.push({ type: 'RetryDue', cycle: was.cycles, attempt: was.attempts });
  for (const fault of ['Network', 'Timeout', 'Malformed', 'Aborted'] as const)
    facts.push({ type: 'ExchangeFailed', fault });
  if (is.failure?.kind === 'Rejected') {
    const { scope, status } = is.failure;
    facts.push({ type: 'ProvisionRejected', scope, status });
  }
  facts.push({ type: 'PolicyDetermined', revision: 'another' }, { type: 'Reset' });
  return facts;
}
