/** What may be shown to anybody: the facts, states and effects of the machine without its keys and policies. */
import type {
  Effect,
  Failure,
  Limits,
  Outcome,
  Pending,
  ProvisioningContext,
  ProvisioningEvent,
  ProvisioningState,
  ProvisionRequest,
  ProvisionResponse,
  Role,
  Transition,
} from '../../machines/index.js';
import { NO_POLICY_KEY, type PolicyKey } from '../protocol/policy-key.js';
import type { PolicyData } from '../protocol/provision.js';

/** What may be shown although it is withheld unless asked for. */
export type Revealed = 'policyKeys' | 'policy';

/** What to show. */
export interface RedactorOptions {
  /** Nothing unless told otherwise. */
  readonly reveal?: readonly Revealed[];
}

/**
 * Takes keys and policies out, and nothing else. The same key is the same alias to one redactor, whatever it stands in.
 * Every function gives back the type it is given, as plain data of its own.
 */
export interface Redactor {
  /**
   * `K1`, `K2` in the order of appearance; *no key* stays `0`. Of the 10,000 keys last met: an older one that comes again
   * is taken for a new one.
   */
  policyKey(policyKey: PolicyKey): string;
  /** `5 elements`. */
  policy(policy: PolicyData): PolicyData;
  event<Event extends ProvisioningEvent>(event: Event): Event;
  context<R extends Role>(context: ProvisioningState<R>['context']): ProvisioningState<R>['context'];
  state<R extends Role>(state: ProvisioningState<R>): ProvisioningState<R>;
  effect<E extends Effect>(effect: E): E;
  transition<R extends Role>(transition: Transition<R>): Transition<R>;
}

/** A redactor that has seen nothing yet. */
export function createRedactor({ reveal = [] }: RedactorOptions = {}): Redactor {
  const keys = createAliases('K');
  const revisions = createAliases('R');
  const showsKeys = reveal.includes('policyKeys');
  const showsPolicy = reveal.includes('policy');

  const policyKey = (key: PolicyKey) => (showsKeys || key === NO_POLICY_KEY ? key : keys(key));
  const policy = (data: PolicyData) => (showsPolicy ? data : sizeOf(data));

  const treatments: Readonly<Record<Treatment, (value: unknown) => unknown>> = {
    plain: (value) => value,
    key: (value) => (typeof value === 'string' ? policyKey(value) : value),
    policy: (value) => (isPolicy(value) ? policy(value) : value),
    revision: (value) => (typeof value === 'string' && !showsPolicy ? revisions(value) : value),
    parts: (value) => (isObject(value) ? redacted(value) : value),
    unknown: () => UNKNOWN,
  };

  function redacted<T extends object>(value: T): T {
    const shown = Object.entries(value).map(([name, field]) => [name, treatments[treatmentOf(name)](field)]);
    return Object.fromEntries(shown) as T;
  }

  return {
    policyKey,
    policy,
    event: redacted,
    context: redacted,
    state: redacted,
    effect: redacted,
    transition: ({ before, event, after, effects }) => ({
      before: redacted(before),
      event: redacted(event),
      after: redacted(after),
      effects: effects.map(redacted),
    }),
  };
}

type Treatment = 'plain' | 'key' | 'policy' | 'revision' | 'parts' | 'unknown';

type FieldOf<T> = T extends object ? keyof T : never;
/** Every field that the machine's facts, states and effects have anywhere. */
type Field = FieldOf<
  | ProvisioningEvent
  | ProvisioningState
  | ProvisioningContext
  | Limits
  | Pending
  | Failure
  | Effect
  | ProvisionRequest
  | ProvisionResponse
  | Outcome
>;

/** How each field is shown, by its name, which means the same wherever it stands; a new one does not compile without. */
const fields = {
  type: 'plain',
  kind: 'plain',
  name: 'plain',
  role: 'plain',
  scope: 'plain',
  status: 'plain',
  reason: 'plain',
  fault: 'plain',
  cycle: 'plain',
  cycles: 'plain',
  attempt: 'plain',
  attempts: 'plain',
  mayWait: 'plain',
  awaitsReply: 'plain',
  policyKey: 'key',
  settledKey: 'key',
  policy: 'policy',
  // A digest of the policy: of so few values that it can be found by trying.
  revision: 'revision',
  context: 'parts',
  limits: 'parts',
  pending: 'parts',
  failure: 'parts',
  request: 'parts',
  response: 'parts',
  outcome: 'parts',
  // The fact that a timer is for; in the report of a violation only the name of one.
  event: 'parts',
} as const satisfies Readonly<Record<Field, Treatment>>;

/** Of data that is not the machine's: a field nobody knows might hold anything. */
const UNKNOWN = '(not shown)';

function treatmentOf(name: string): Treatment {
  return Object.hasOwn(fields, name) ? fields[name as Field] : 'unknown';
}

/** Of the values last met: a client may present any number of keys, and each costs memory. */
function createAliases(prefix: string): (value: string) => string {
  const aliases = new Map<string, string>();
  let count = 0;
  return (value) => {
    const known = aliases.get(value);
    if (known === undefined) count += 1;
    const alias = known ?? `${prefix}${count}`;
    // The last in the order of insertion is the last met: the first is the one to forget.
    aliases.delete(value);
    aliases.set(value, alias);
    if (aliases.size > MAX_ALIASES) for (const oldest of [...aliases.keys()].slice(0, 1000)) aliases.delete(oldest);
    return alias;
  };
}

const MAX_ALIASES = 10_000;

/** How many elements the policy has: of the text of a WAP document, its start tags. */
function sizeOf(policy: PolicyData): string {
  const count = typeof policy === 'string' ? [...policy.matchAll(/<[^/!?]/g)].length : Object.keys(policy).length;
  return count === 1 ? '1 element' : `${count} elements`;
}

function isPolicy(value: unknown): value is PolicyData {
  return typeof value === 'string' || isObject(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
