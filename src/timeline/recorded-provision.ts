/** What a recorded Provision exchange tells both machines, and where it is none (MS-ASPROV 3.1.5.1, 3.2.5.1). */
import type { ProvisioningEvent, ProvisioningState, ProvisionRequest } from '../../machines/index.js';
import { interpretAnswer, type ProvisionFact } from '../client/interpret.js';
import { provisionRequest, provisionResponse } from '../codec/index.js';
import { type CommandRequest, type HttpResponse, isSuccess } from '../http/index.js';
import { NO_POLICY_KEY, normalizePolicyKey } from '../protocol/policy-key.js';
import type { Problem } from '../protocol/problem.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../protocol/provision.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { type ReadProvision, readProvision } from '../server/read-provision.js';
import { reasonOfStatus, serverReasons } from '../server/reasons.js';
import type { Witness } from './witness.js';

/** What a request asked, for the reading of its answer. */
export interface Asked {
  readonly kind: ProvisionRequest['kind'];
  readonly fact: ReadProvision['fact'] | null;
  /** Whether it was one, so that the server's machine heard of it. */
  readonly isTaken: boolean;
  /** Whether the acknowledgment of the agreement that stands is said once more. */
  readonly isRepeated: boolean;
}

/** The request: both sides hear what it states; where it states nothing, neither does. */
export function hearRequest({ body, protocolVersion }: CommandRequest, witness: Witness): Asked {
  const message = provisionRequest.decode(body);
  if (!message.ok) {
    witness.mark('client', `sends a Provision request that can not be read: ${problemText(message.error)}`);
    return { kind: 'InitialRequest', fact: null, isTaken: false, isRepeated: false };
  }
  const strict = readProvision(message.value, protocolVersion, { requireDeviceInformation: true });
  if (!strict.ok) {
    const { meaning } = serverReasons[reasonOfStatus(strict.error.status)];
    witness.mark('client', `sends a Provision request that ${protocolVersion} does not have: ${meaning}`);
  }
  const meant = strict.ok ? strict.value : meantBy(message.value, protocolVersion);
  if (meant === null) return { kind: 'InitialRequest', fact: null, isTaken: false, isRepeated: false };
  const asked = { kind: kindOf(meant), fact: meant.fact, isTaken: strict.ok, isRepeated: isRepeated(meant, witness) };
  if (asked.isRepeated) {
    witness.note('client', 'The acknowledgment is repeated: the answer to it was lost.');
    witness.hear(meant.fact, ['server']);
  } else if (asked.isTaken) witness.hear(meant.fact, ['client', 'server'], () => misfitOf(meant.fact, witness));
  return asked;
}

/** The answer, and what it makes of both sides. Nobody waits for the one to the answer to a wipe (R645). */
export function hearAnswer(
  asked: Asked,
  { protocolVersion: version }: CommandRequest,
  response: HttpResponse,
  witness: Witness,
): void {
  const message = isSuccess(response.status) ? provisionResponse.decode(response.body) : null;
  const isWipe = asked.kind === 'WipeAcknowledgment';
  const ofOwnAccord = witness.client.context.reason === null;
  const { fact, violation } = interpretAnswer({ asked: asked.kind, version, ofOwnAccord }, response);
  if (isWipe) wiped(asked, response, witness);
  else if (fact.type !== 'ExchangeFailed') settle(asked, normalized(fact), witness);
  else if (asked.isTaken && !asked.isRepeated) witness.hear(fact, ['client']);

  if (response.status === 449 && protocolVersions[version].signal === 'status') {
    witness.mark('server', `refuses by HTTP 449 in ${version}, where a Status in the body does (MS-ASCMD 2.2.2)`);
  }
  if (message === null) return;
  if (!message.ok) {
    witness.mark('server', `answers with a body that can not be read: ${problemText(message.error)}`);
  } else if (violation) {
    witness.mark('server', `directs a wipe that ${version} does not have (MS-ASPROV 2.2.2.1)`);
  } else if (fact.type === 'ExchangeFailed' && !isWipe) {
    witness.mark('server', 'answers something else than what was asked');
  }
  if (message.ok && isKeyBesideRefusal(message.value)) {
    witness.mark('server', 'gives a key beside a refusal, which nobody may take (MS-ASPROV 3.1.5.1)');
  }
}

/** Who says that it is wiped, is; the server knows once it answered. */
function wiped({ fact, isTaken }: Asked, { status }: HttpResponse, witness: Witness): void {
  if (!isTaken || fact?.type !== 'WipeAcknowledged' || fact.status !== 1) return;
  const { scope } = fact;
  witness.hear({ type: 'WipeCompleted', scope }, isSuccess(status) ? ['server', 'client'] : ['client']);
}

function settle(asked: Asked, fact: Exclude<ProvisionFact, { type: 'ExchangeFailed' }>, witness: Witness): void {
  if (fact.type === 'ProvisionRejected') {
    if (!asked.isTaken || asked.isRepeated) return;
    // What HTTP refuses never came to the agreement that the server stores.
    if (fact.scope !== 'Http' && isDeciding(witness.server)) witness.hear(fact, ['server']);
    if (isWaiting(witness.client)) witness.hear(fact, ['client']);
    return;
  }
  if (asked.isRepeated) {
    if (fact.type === 'PermanentKeyIssued' && fact.policyKey !== witness.server.context.policyKey) {
      witness.mark('server', `answers the repeated acknowledgment with another key, ${fact.policyKey}`);
    }
    return;
  }
  // It counted as one all the same.
  if (!asked.isTaken && asked.fact) witness.hear(asked.fact, ['client', 'server'], () => misfitOf(asked.fact, witness));
  witness.hear(fact, ['server', 'client'], () => misfitOf(fact, witness));
  if (fact.type === 'PermanentKeyIssued' && witness.client.name !== 'Provisioned') {
    witness.resume(fact.policyKey, `Both go on under key ${fact.policyKey} all the same.`);
  }
}

function isWaiting({ name }: ProvisioningState): boolean {
  return name === 'AwaitingPolicy' || name === 'Acknowledging';
}

/** Not where the machine answered by itself, as it does to an acknowledgment under a wrong key. */
function isDeciding({ name, context: { pending } }: ProvisioningState): boolean {
  return name === 'AwaitingPolicy' || (pending?.kind === 'Policy' && pending.status !== null);
}

/** The same request in the eyes of another version: what its sender meant. */
function meantBy(message: ProvisionRequestMessage, version: ProtocolVersion): ReadProvision | null {
  for (const as of [version, '16.1', '2.5'] as const) {
    const read = readProvision(message, as, { requireDeviceInformation: false });
    if (read.ok) return read.value;
  }
  return null;
}

function kindOf({ fact, asksForDirective }: ReadProvision): Asked['kind'] {
  if (fact.type === 'PolicyAcknowledged') return 'PolicyAcknowledgment';
  if (fact.type === 'WipeAcknowledged') return 'WipeAcknowledgment';
  return asksForDirective ? 'EmptyRequest' : 'InitialRequest';
}

/** The answer that gave the permanent key may be lost, and is given again (I3). */
function isRepeated({ fact }: ReadProvision, { client, server }: Witness): boolean {
  return (
    fact.type === 'PolicyAcknowledged' &&
    client.name === 'Provisioned' &&
    server.name === 'Provisioned' &&
    fact.policyKey === server.context.settledKey
  );
}

/** Keys are compared in one spelling, whichever the server has. */
function normalized<F extends ProvisionFact>(fact: F): F {
  return 'policyKey' in fact ? { ...fact, policyKey: normalizePolicyKey(fact.policyKey) } : fact;
}

function isKeyBesideRefusal({ status = 1, policies = [] }: ProvisionResponseMessage): boolean {
  return policies.some((policy) => policy.policyKey !== undefined && (status !== 1 || policy.status !== 1));
}

/** What a fact is that fits no state, in words. */
function misfitOf(fact: ProvisioningEvent | null, { client, server, kindOf: kindOfKey }: Witness): string {
  switch (fact?.type) {
    case 'PolicyAcknowledged': {
      const { pending, policyKey } = client.context;
      const given = kindOfKey(fact.policyKey);
      const what = `acknowledges under key ${fact.policyKey}`;
      if (pending?.kind === 'Policy') return `${what}, and what is offered has key ${policyKey} (MS-ASPROV R650)`;
      return given === null ? `${what}, which was never given` : `${what}, whose offer does not stand any more`;
    }
    case 'WipeAcknowledged':
      return `says that a wipe of the ${fact.scope} is ${fact.status === 1 ? 'done' : 'not done'}, and none was directed`;
    case 'PermanentKeyIssued': {
      const { pending, policyKey } = server.context;
      const what = `gives the permanent key ${fact.policyKey}`;
      if (fact.policyKey === NO_POLICY_KEY) return `${what}, which is none`;
      if (pending?.kind !== 'Policy') return `${what}, and no policy is offered`;
      if (fact.policyKey === policyKey) return `${what}, which is the temporary one`;
      return `${what} without an acknowledgment of what it offered under key ${policyKey} (MS-ASPROV R660)`;
    }
    case 'PolicyOffered':
      return fact.policyKey === NO_POLICY_KEY ? 'offers a policy under key 0' : 'offers a policy nobody asked for';
    default:
      return `says ${fact?.type}, which fits nothing here`;
  }
}

function problemText({ code, message, offset, path }: Problem): string {
  const where = offset === undefined ? (path === undefined ? '' : ` in ${path}`) : ` at offset ${offset}`;
  return `${code}${where}: ${message}`;
}
