/** What the effects of a saved transition may hold: one row per effect, request, response and outcome. */
import type { Effect, Outcome, ProvisionRequest, ProvisionResponse } from '../../machines/index.js';
import { isEventType } from './fact-fields.js';
import { readFact } from './from-facts.js';
import { type Check, isCount, isFailure, isKey, isPolicy, isReason, isScope, nullOr, oneOf, variant } from './shape.js';

const isAcknowledgment = oneOf(1, 2, 3, 4);
const isWipeStatus = oneOf(1, 2);
const isFact: Check = (value) => readFact(value, '').ok;

type Rows<Name extends string> = Readonly<Record<Name, Readonly<Record<string, Check>>>>;

const isRequest = variant('kind', {
  InitialRequest: {},
  EmptyRequest: {},
  PolicyAcknowledgment: { policyKey: isKey, status: isAcknowledgment },
  WipeAcknowledgment: { scope: isScope, status: isWipeStatus },
} satisfies Rows<ProvisionRequest['kind']>);

const isResponse = variant('kind', {
  PolicyResponse: { policyKey: isKey, policy: isPolicy },
  NoPolicyResponse: {},
  PermanentKeyResponse: { policyKey: isKey },
  WipeResponse: { scope: isScope },
  NoWipeResponse: {},
  WipeRecordedResponse: { scope: isScope, status: isWipeStatus },
  RejectionResponse: { scope: oneOf('Http', 'Provision', 'Policy'), status: isCount },
} satisfies Rows<ProvisionResponse['kind']>);

const isOutcome = variant('kind', {
  Provisioned: { policyKey: isKey },
  ReprovisionRequired: { reason: isReason },
  Wiped: { scope: isScope },
  Failed: { failure: (failure) => failure !== null && isFailure(failure) },
  Violation: { event: isEventType, fault: oneOf('client', 'server', 'local') },
} satisfies Rows<Outcome['kind']>);

/** Whether JSON is an effect of either side. */
export const isEffect: Check = variant('type', {
  StorePolicyKey: { policyKey: isKey },
  StartTimer: { event: isFact },
  Report: { outcome: isOutcome },
  Send: { request: isRequest, policyKey: isKey, awaitsReply: oneOf(true, false) },
  ApplyPolicy: { policy: isPolicy, policyKey: isKey },
  ConfirmWipe: { scope: isScope },
  Wipe: { scope: isScope },
  Respond: { response: isResponse },
  LoadPolicy: { reason: nullOr(isReason) },
  JudgeAcknowledgment: { status: isAcknowledgment },
  RecordWipe: { scope: isScope, status: isWipeStatus },
} satisfies Rows<Effect['type']>);
