/** What a request comes to, given what is stored and what is set: pure. Input and output are done in `handle.ts`. */
import {
  admit,
  type ProvisioningEvent,
  type ProvisioningState,
  type ProvisionResponse,
  type Transition,
} from '../../machines/index.js';
import { type CommandName, commands } from '../protocol/command.js';
import type { DeviceInformation } from '../protocol/device-information.js';
import { NO_POLICY_KEY, type PolicyKey } from '../protocol/policy-key.js';
import { carriesWipe, type ProtocolVersion } from '../protocol/version.js';
import { catchUp } from './catch-up.js';
import type { DeterminedPolicy } from './determine.js';
import { noPorts, type Settled, settle } from './exchange.js';
import type { ServerEvent } from './ports.js';
import { portsFor } from './provision-ports.js';
import type { ReadProvision } from './read-provision.js';
import { type AccessRefusal, reasonOfStatus, type ServerReason } from './reasons.js';
import type { DeviceRecord } from './record.js';
import { agreed, announced, described, scopeOf, wipeAnswered } from './record-changes.js';
import type { ServerSettings } from './settings.js';

/** What holds while a request is decided. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly policy: DeterminedPolicy;
  readonly version: ProtocolVersion;
  /** Why the user may not synchronise with this device, or null. */
  readonly access: AccessRefusal | null;
  readonly settings: ServerSettings;
}

export interface Decision {
  /** The same record by reference when nothing has to be written. */
  readonly record: DeviceRecord;
  /** The agreement as it was stored. */
  readonly previous: ProvisioningState<'server'>;
  readonly events: readonly ServerEvent[];
  readonly reason: ServerReason | null;
  /** Every fact that was taken on the way to what is to be stored, in order. */
  readonly transitions: readonly Transition<'server'>[];
}

/** A Provision request: exactly one response, or none where nobody can say what the policy is (I15). */
export function decideProvision(
  stored: DeviceRecord,
  request: ReadProvision,
  at: Circumstances,
): Decision & { readonly response: ProvisionResponse | null } {
  const previous = stored.state;
  const caughtUp = catchUp(stored, at);
  const { ports, refusedFor } = portsFor(request, stored, caughtUp.record, at);
  const { record, response, outcomes, transitions } = settle(
    described(caughtUp.record, request.deviceInformation),
    request.fact,
    ports,
  );
  if (!response) throw new TypeError(`${request.fact.type}: the machine gave no answer`);
  const refused = refusedFor();
  if (refused === 'PolicySourceFailed') {
    return { record: stored, previous, response: null, events: [], reason: refused, transitions: [] };
  }
  const violates = outcomes.some(({ kind }) => kind === 'Violation');
  const rejection = response.kind === 'RejectionResponse' ? reasonOfStatus(response.status) : null;
  return {
    record: wipeAnswered(agreed(record, outcomes, at), response, refused, at.now),
    previous,
    response,
    events: [...caughtUp.events, ...eventsOf(response, outcomes)],
    reason: refused ?? rejection ?? (violates ? 'ProtocolError' : null),
    transitions: [...caughtUp.transitions, ...transitions],
  };
}

/** Any other command, as far as it matters here. */
export interface CommandFacts {
  readonly command: CommandName;
  /** The key presented, normalized; null without any. */
  readonly presented: PolicyKey | null;
  /** Whether no policy is asked of it, by configuration. */
  readonly isExempt: boolean;
  /** What it says of the device, or null. */
  readonly deviceInformation: DeviceInformation | null;
}

/** Any other command: admitted, or refused with the reason (MS-ASPROV 3.2.5.1). */
export function decideCommand(stored: DeviceRecord, request: CommandFacts, at: Circumstances): Decision {
  const previous = stored.state;
  const { record, events, transitions } = catchUp(stored, at);
  const verdict = verdictOn(record, request, at);
  if (verdict !== 'Admitted') {
    const told = announced(record, verdict, at.now);
    const isAnnounced = told.wipe?.announcedAt !== record.wipe?.announcedAt;
    return {
      record: told,
      previous,
      events: isAnnounced ? [...events, 'WipeAnnounced'] : events,
      reason: verdict,
      transitions,
    };
  }
  const policyKey = request.presented ?? NO_POLICY_KEY;
  const admitted = settle(record, { type: 'CommandAdmitted', policyKey }, noPorts);
  const known = described(admitted.record, request.deviceInformation);
  return {
    record: known,
    previous,
    events: known === admitted.record ? events : [...events, 'DeviceInformationRecorded'],
    reason: null,
    transitions: [...transitions, ...admitted.transitions],
  };
}

/** A wipe comes before everything (I5), then who may come at all, then the policy. */
function verdictOn(
  { state, wiped }: DeviceRecord,
  { command, presented, isExempt }: CommandFacts,
  { version, access, policy, settings }: Circumstances,
): ServerReason | 'Admitted' {
  const order = admit(state, presented, 'None');
  if (order !== 'Admitted') {
    const scope = scopeOf(order);
    return scope === null || carriesWipe(version, scope) ? order : 'WipeUndeliverable';
  }
  if (wiped !== null) return 'DeviceIsBlocked';
  if (access !== null) return access;
  if (!commands[command].gated || isExempt || policy.kind === 'None') return 'Admitted';
  const isLenient = settings.allowNonProvisionable && presented === null;
  if (policy.kind === 'Set') return admit(state, presented, isLenient ? 'Lenient' : 'Strict');
  const isKept = isLenient || admit(state, presented, 'AsAgreed') === 'Admitted';
  return isKept && settings.whilePolicyFails === 'keep' ? 'Admitted' : 'PolicySourceFailed';
}

/** An order of the administrator's, or anything else that comes without a request. */
export function decideFact(stored: DeviceRecord, fact: ProvisioningEvent): Settled {
  return settle(stored, fact, noPorts);
}

function eventsOf(response: ProvisionResponse, outcomes: readonly { readonly kind: string }[]): readonly ServerEvent[] {
  switch (response.kind) {
    case 'PolicyResponse':
      return ['PolicyOffered'];
    case 'NoPolicyResponse':
      return ['NoPolicy'];
    case 'PermanentKeyResponse':
      return [outcomes.some(({ kind }) => kind === 'Provisioned') ? 'Provisioned' : 'KeyRepeated'];
    case 'WipeResponse':
      return ['WipeDirected'];
    case 'WipeRecordedResponse':
      return [response.status === 1 ? 'WipeSucceeded' : 'WipeFailed'];
    case 'NoWipeResponse':
    case 'RejectionResponse':
      return [];
  }
}
