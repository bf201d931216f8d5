/** What each step asks of each side: one row per step, one column per role, and no other place reads the role. */
import { NO_POLICY_KEY, type PolicyKey } from '../src/protocol/policy-key.js';
import type { PolicyData } from '../src/protocol/provision.js';
import type { Failure, Pending, ProvisioningContext } from './provisioning.context.js';
import {
  type AcknowledgmentStatus,
  type EventOf,
  type EventType,
  facts,
  is,
  type ProvisioningEvent,
  type ReprovisionReason,
  type Role,
  type StatusScope,
  type WipeScope,
  type WipeStatus,
} from './provisioning.events.js';
import { asksWithEmptyForm } from './provisioning.guards.js';

/** A request to put on the wire (MS-ASPROV 3.1.5.1); the adapter adds what the version and the device call for. */
export type ProvisionRequest =
  | { readonly kind: 'InitialRequest' }
  | { readonly kind: 'EmptyRequest' }
  | { readonly kind: 'PolicyAcknowledgment'; readonly policyKey: PolicyKey; readonly status: AcknowledgmentStatus }
  | { readonly kind: 'WipeAcknowledgment'; readonly scope: WipeScope; readonly status: WipeStatus };

/** A response to put on the wire (MS-ASPROV 3.2.5.1). */
export type ProvisionResponse =
  | { readonly kind: 'PolicyResponse'; readonly policyKey: PolicyKey; readonly policy: PolicyData }
  | { readonly kind: 'NoPolicyResponse' }
  | { readonly kind: 'PermanentKeyResponse'; readonly policyKey: PolicyKey }
  | { readonly kind: 'WipeResponse'; readonly scope: WipeScope }
  | { readonly kind: 'NoWipeResponse' }
  | { readonly kind: 'WipeRecordedResponse'; readonly scope: WipeScope; readonly status: WipeStatus }
  | { readonly kind: 'RejectionResponse'; readonly scope: StatusScope; readonly status: number };

/** What the host is told. */
export type Outcome =
  | { readonly kind: 'Provisioned'; readonly policyKey: PolicyKey }
  | { readonly kind: 'ReprovisionRequired'; readonly reason: ReprovisionReason }
  | { readonly kind: 'Wiped'; readonly scope: WipeScope }
  | { readonly kind: 'Failed'; readonly failure: Failure }
  | { readonly kind: 'Violation'; readonly event: EventType; readonly fault: Role | 'local' };

type SharedEffect =
  /** The key to send, or to admit, from now on: make it durable before going on. */
  | { readonly type: 'StorePolicyKey'; readonly policyKey: PolicyKey }
  /** Deliver the event later; one that comes too late is ignored, so nothing ever needs stopping. */
  | { readonly type: 'StartTimer'; readonly event: EventOf<'RetryDue' | 'OfferExpired'> }
  | { readonly type: 'Report'; readonly outcome: Outcome };

/** What the machine asks of the client, as plain data; the names of facts say what each leads to. */
export type ClientEffect =
  | SharedEffect
  | {
      readonly type: 'Send';
      readonly request: ProvisionRequest;
      readonly policyKey: PolicyKey;
      readonly awaitsReply: boolean;
    }
  /** Leads to `PolicyAcknowledged`. */
  | { readonly type: 'ApplyPolicy'; readonly policy: PolicyData; readonly policyKey: PolicyKey }
  /** Leads to `WipeAcknowledged`. */
  | { readonly type: 'ConfirmWipe'; readonly scope: WipeScope }
  /** Leads to `WipeCompleted`. */
  | { readonly type: 'Wipe'; readonly scope: WipeScope };

/** What the machine asks of the server, as plain data. */
export type ServerEffect =
  | SharedEffect
  | { readonly type: 'Respond'; readonly response: ProvisionResponse }
  /** Leads to `PolicyOffered`, `PolicyNotDefined`, `WipeDirected`, `WipeNotDirected` or `ProvisionRejected`. */
  | { readonly type: 'LoadPolicy'; readonly reason: ReprovisionReason | null }
  /** Leads to `PermanentKeyIssued` or `ProvisionRejected`. */
  | { readonly type: 'JudgeAcknowledgment'; readonly status: AcknowledgmentStatus }
  /** Deliver the event at a time of the host's choice, unless one like it is waiting already. */
  | { readonly type: 'StartTimer'; readonly event: EventOf<'PolicyDetermined'> }
  /** Leads to `WipeCompleted` where the device says 1; with 2 it is answered at once. */
  | { readonly type: 'RecordWipe'; readonly scope: WipeScope; readonly status: WipeStatus };

/** What the machine asks of one side. */
export type EffectOf<R extends Role> = R extends 'client' ? ClientEffect : ServerEffect;
/** What the machine asks of either side. */
export type Effect = EffectOf<Role>;

type Ask<E extends Effect> = (context: ProvisioningContext, event: ProvisioningEvent) => readonly E[];
interface StepEffects {
  readonly client: Ask<ClientEffect>;
  readonly server: Ask<ServerEffect>;
}

export const effects = {
  requestPolicy: { client: owed, server: loadPolicy },
  reloadPolicy: { client: none, server: loadPolicy },
  offerPolicy: { client: owed, server: respondWithPolicy },
  waivePolicy: {
    client: both(store, provisioned),
    server: both(store, answer({ kind: 'NoPolicyResponse' }), provisioned),
  },
  acknowledgePolicy: { client: owed, server: judge },
  issueKey: { client: both(store, provisioned), server: both(store, respondWithKey, provisioned) },
  reissueKey: { client: violation, server: respondWithKey },
  directWipe: { client: owed, server: respondWithWipe },
  denyDirective: { client: reprovision, server: answer({ kind: 'NoWipeResponse' }) },
  acknowledgeWipe: { client: owed, server: recordWipe },
  completeWipe: { client: both(storeNoKey, wiped), server: both(storeNoKey, respondToWipe) },
  failWipe: { client: both(declineWipe, failed), server: both(recordWipe, storeNoKey, respondToWipe) },
  scheduleRetry: { client: retryLater, server: rejection },
  repeat: { client: owed, server: none },
  giveUp: { client: failed, server: both(rejection, failed) },
  demandReprovision: { client: reprovision, server: both(store, rejection) },
  scheduleDemand: { client: none, server: determineLater },
  reset: { client: store, server: store },
  refuseAcknowledgment: {
    client: violation,
    server: answer({ kind: 'RejectionResponse', scope: 'Policy', status: 5 }),
  },
  refuseWipeAcknowledgment: { client: violation, server: both(violation, answer({ kind: 'NoWipeResponse' })) },
  reportViolation: { client: violation, server: both(violation, protocolError) },
} as const satisfies Record<string, StepEffects>;

export type Step = keyof typeof effects;

/** What the device owes next, whether asked for the first time, again, or after a crash. */
function owed(context: ProvisioningContext): readonly ClientEffect[] {
  const { pending, policyKey } = context;
  if (!pending) return [request(context)];
  if (pending.kind === 'Wipe') return owedToWipe(pending);
  if (pending.status === null) return [{ type: 'ApplyPolicy', policy: pending.policy, policyKey }];
  const acknowledgment = { kind: 'PolicyAcknowledgment', policyKey, status: pending.status } as const;
  return [{ type: 'Send', request: acknowledgment, policyKey, awaitsReply: true }];
}

/** Once confirmed a wipe is not asked about again, not even after a crash: the server may have recorded it (I17). */
function owedToWipe({ scope, status }: Extract<Pending, { kind: 'Wipe' }>): readonly ClientEffect[] {
  return status === null ? [{ type: 'ConfirmWipe', scope }] : [wipeAcknowledgment(scope, 1), { type: 'Wipe', scope }];
}

function request(context: ProvisioningContext): ClientEffect {
  const kind = asksWithEmptyForm(context) ? 'EmptyRequest' : 'InitialRequest';
  return { type: 'Send', request: { kind }, policyKey: NO_POLICY_KEY, awaitsReply: true };
}

function loadPolicy({ reason }: ProvisioningContext): readonly ServerEffect[] {
  return [{ type: 'LoadPolicy', reason }];
}

function respondWithPolicy({ pending, policyKey }: ProvisioningContext): readonly ServerEffect[] {
  if (pending?.kind !== 'Policy') return [];
  return [
    { type: 'StorePolicyKey', policyKey },
    { type: 'Respond', response: { kind: 'PolicyResponse', policyKey, policy: pending.policy } },
    { type: 'StartTimer', event: { type: 'OfferExpired', policyKey } },
  ];
}

function judge(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  return is(event, 'PolicyAcknowledged') ? [{ type: 'JudgeAcknowledgment', status: event.status }] : [];
}

function respondWithKey({ policyKey }: ProvisioningContext): readonly ServerEffect[] {
  return [{ type: 'Respond', response: { kind: 'PermanentKeyResponse', policyKey } }];
}

function respondWithWipe({ pending }: ProvisioningContext): readonly ServerEffect[] {
  if (pending?.kind !== 'Wipe') return [];
  return [{ type: 'Respond', response: { kind: 'WipeResponse', scope: pending.scope } }];
}

/** The reply is not awaited: nothing the server says may delay the wipe (MS-ASPROV 3.1.5.1.2.2; R645, R64505). */
function wipeAcknowledgment(scope: WipeScope, status: WipeStatus): ClientEffect {
  const request = { kind: 'WipeAcknowledgment', scope, status } as const;
  return { type: 'Send', request, policyKey: NO_POLICY_KEY, awaitsReply: false };
}

function declineWipe(_context: ProvisioningContext, event: ProvisioningEvent): readonly ClientEffect[] {
  return is(event, 'WipeAcknowledged') ? [wipeAcknowledgment(event.scope, event.status)] : [];
}

function wiped(_context: ProvisioningContext, event: ProvisioningEvent): readonly ClientEffect[] {
  return is(event, 'WipeCompleted') ? [{ type: 'Report', outcome: { kind: 'Wiped', scope: event.scope } }] : [];
}

function recordWipe(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  return is(event, 'WipeAcknowledged') ? [{ type: 'RecordWipe', scope: event.scope, status: event.status }] : [];
}

function respondToWipe(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  if (!is(event, 'WipeAcknowledged') && !is(event, 'WipeCompleted')) return [];
  const status = is(event, 'WipeAcknowledged') ? event.status : 1;
  return [{ type: 'Respond', response: { kind: 'WipeRecordedResponse', scope: event.scope, status } }];
}

function retryLater({ cycles, attempts }: ProvisioningContext): readonly SharedEffect[] {
  return [{ type: 'StartTimer', event: { type: 'RetryDue', cycle: cycles, attempt: attempts } }];
}

function rejection(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  if (!is(event, 'ProvisionRejected')) return [];
  return [{ type: 'Respond', response: { kind: 'RejectionResponse', scope: event.scope, status: event.status } }];
}

/** A request that fits no state is a protocol error to whoever sent it; a fact of our own is answered by nobody. */
function protocolError(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  if (facts[event.type]?.author !== 'client') return [];
  return [{ type: 'Respond', response: { kind: 'RejectionResponse', scope: 'Provision', status: 2 } }];
}

function store({ policyKey }: ProvisioningContext): readonly SharedEffect[] {
  return [{ type: 'StorePolicyKey', policyKey }];
}

function storeNoKey(): readonly SharedEffect[] {
  return [{ type: 'StorePolicyKey', policyKey: NO_POLICY_KEY }];
}

function provisioned({ policyKey }: ProvisioningContext): readonly SharedEffect[] {
  return [{ type: 'Report', outcome: { kind: 'Provisioned', policyKey } }];
}

function reprovision({ reason }: ProvisioningContext): readonly SharedEffect[] {
  return [{ type: 'Report', outcome: { kind: 'ReprovisionRequired', reason: reason ?? 'Unspecified' } }];
}

function failed({ failure }: ProvisioningContext): readonly SharedEffect[] {
  return failure ? [{ type: 'Report', outcome: { kind: 'Failed', failure } }] : [];
}

function violation({ role }: ProvisioningContext, event: ProvisioningEvent): readonly SharedEffect[] {
  const author = facts[event.type]?.author ?? 'local';
  const fault = author === role ? 'local' : author;
  return [{ type: 'Report', outcome: { kind: 'Violation', event: event.type, fault } }];
}

function determineLater(_context: ProvisioningContext, event: ProvisioningEvent): readonly ServerEffect[] {
  if (!is(event, 'PolicyDetermined')) return [];
  return [{ type: 'StartTimer', event: { type: 'PolicyDetermined', revision: event.revision } }];
}

function none(): readonly never[] {
  return [];
}

function answer(response: ProvisionResponse): Ask<ServerEffect> {
  return () => [{ type: 'Respond', response }];
}

/** Several, in order. A loop and not `flatMap`: every server step runs through here. */
function both<E extends Effect>(...asks: readonly Ask<E>[]): Ask<E> {
  return (context, event) => {
    const asked: E[] = [];
    for (const ask of asks) for (const effect of ask(context, event)) asked.push(effect);
    return asked;
  };
}
