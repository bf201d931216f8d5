/** What a request comes to, given what is stored and what is set: pure. Input and output are done in `handle.ts`. */
import {
  admit,
  type Outcome,
  type PolicyRevision,
  type ProvisioningEvent,
  type ProvisionResponse,
  type WipeScope,
} from '../../machines/index.js';
import { type CommandName, commands } from '../protocol/command.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import { NO_POLICY_KEY, type PolicyKey } from '../protocol/policy-key.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { type ExchangePorts, settle } from './exchange.js';
import { judge } from './judge.js';
import type { ServerEvent } from './ports.js';
import type { ReadProvision } from './read-provision.js';
import { reasonOfStatus, type ServerReason } from './reasons.js';
import type { DeviceRecord } from './record.js';
import { mintFresh, type ServerSettings } from './settings.js';

/** What holds while a request is decided. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly policy: EASProvisionDoc | null;
  readonly revision: PolicyRevision | null;
  readonly version: ProtocolVersion;
  readonly settings: ServerSettings;
}

export interface Decision {
  /** The same record by reference when nothing has to be written. */
  readonly record: DeviceRecord;
  readonly events: readonly ServerEvent[];
  readonly reason: ServerReason | null;
}

/** A Provision request: exactly one response, whatever the request was. */
export function decideProvision(
  stored: DeviceRecord,
  request: ReadProvision,
  at: Circumstances,
): Decision & { readonly response: ProvisionResponse } {
  const caughtUp = catchUp(stored, at);
  const { record, response, outcomes } = settle(
    described(caughtUp.record, request),
    request.fact,
    portsFor(request, caughtUp.record, at),
  );
  if (!response) throw new TypeError(`${request.fact.type}: the machine gave no answer`);
  return {
    record: withRefresh(record, outcomes, at),
    response,
    events: [...caughtUp.events, ...eventsOf(response, outcomes)],
    reason: reasonOf(response, outcomes),
  };
}

/** Any other command: admitted, or refused with the reason (MS-ASPROV 3.2.5.1). */
export function decideCommand(
  stored: DeviceRecord,
  command: CommandName,
  presented: PolicyKey | null,
  at: Circumstances,
): Decision {
  const { record, events } = catchUp(stored, at);
  const { gated } = commands[command];
  const requirement =
    !gated || at.revision === null ? 'None' : at.settings.allowNonProvisionable ? 'Lenient' : 'Strict';
  const verdict = record.wiped ? 'DeviceIsBlocked' : admit(record.state, presented, requirement);
  if (verdict !== 'Admitted') return { record, events, reason: verdict };
  const admitted = settle(record, { type: 'CommandAdmitted', policyKey: presented ?? NO_POLICY_KEY }, noPorts);
  return { record: admitted.record, events, reason: null };
}

/** An order of the administrator's, or anything else that comes without a request. */
export function decideFact(stored: DeviceRecord, fact: ProvisioningEvent): DeviceRecord {
  return settle(stored, fact, noPorts).record;
}

/** What fell due since the record was last read, and the policy as it now is (I4). */
function catchUp(stored: DeviceRecord, { now, revision }: Circumstances): Pick<Decision, 'record' | 'events'> {
  if (stored.deadlines.every(({ at }) => at > now))
    return heard(stored, { type: 'PolicyDetermined', revision }, 'PolicyChanged', none);
  let record: DeviceRecord = { ...stored, deadlines: stored.deadlines.filter(({ at }) => at > now) };
  let events: readonly ServerEvent[] = none;
  for (const { at, event } of stored.deadlines) {
    if (at > now) continue;
    ({ record, events } = heard(record, event, event.type === 'OfferExpired' ? 'OfferExpired' : 'RefreshDue', events));
  }
  return heard(record, { type: 'PolicyDetermined', revision }, 'PolicyChanged', events);
}

/** The record after a fact, and the event added if it changed anything. */
function heard(
  record: DeviceRecord,
  fact: ProvisioningEvent,
  event: ServerEvent,
  events: readonly ServerEvent[],
): Pick<Decision, 'record' | 'events'> {
  const after = settle(record, fact, noPorts).record;
  return { record: after, events: after.state === record.state ? events : [...events, event] };
}

const none: readonly never[] = [];

function portsFor({ asksForDirective }: ReadProvision, record: DeviceRecord, at: Circumstances): ExchangePorts {
  const { policyKey, settledKey } = record.state.context;
  const mint = () => mintFresh(at.settings.mintKey, [policyKey, settledKey]);
  return {
    loadPolicy({ reason }) {
      if (reason === 'RemoteWipeRequested') return { type: 'WipeDirected', scope: 'device' };
      if (reason === 'AccountOnlyRemoteWipeRequested') return accountWipe(at.version);
      if (record.wiped) return blocked;
      if (asksForDirective) return { type: 'WipeNotDirected' };
      if (at.policy === null) return { type: 'PolicyNotDefined' };
      return { type: 'PolicyOffered', policyKey: mint(), policy: at.policy, revision: at.revision };
    },
    judge: ({ status }) => judge(status, at.settings.acknowledgments, mint),
    startTimer: (current, event) =>
      event.type === 'OfferExpired'
        ? { ...current, deadlines: [...current.deadlines, { at: at.now + at.settings.offerLifetime, event }] }
        : current,
  };
}

/** A version that does not know the directive is never sent it, and never a greater one instead (I5). */
function accountWipe(version: ProtocolVersion): ProvisioningEvent {
  const scope: WipeScope = 'account';
  return protocolVersions[version].accountOnlyRemoteWipe ? { type: 'WipeDirected', scope } : blocked;
}

const blocked: ProvisioningEvent = { type: 'ProvisionRejected', scope: 'Provision', status: 129 };

/** Facts that ask the host for nothing. */
const noPorts: ExchangePorts = {
  loadPolicy: () => blocked,
  judge: () => blocked,
  startTimer: (record) => record,
};

/** What the device said about itself, if it said anything new. */
function described(record: DeviceRecord, { deviceInformation }: ReadProvision): DeviceRecord {
  if (!deviceInformation || JSON.stringify(deviceInformation) === JSON.stringify(record.information)) return record;
  return { ...record, information: deviceInformation };
}

/** A fresh agreement is to be renewed after the interval, if there is one. */
function withRefresh(
  record: DeviceRecord,
  outcomes: readonly Outcome[],
  { now, settings }: Circumstances,
): DeviceRecord {
  const { refreshInterval } = settings;
  const provisioned = outcomes.find((outcome) => outcome.kind === 'Provisioned');
  if (refreshInterval === null || !provisioned || provisioned.policyKey === NO_POLICY_KEY) return record;
  const event = { type: 'ReprovisionRequired', policyKey: provisioned.policyKey, reason: 'PolicyRefresh' } as const;
  return { ...record, deadlines: [...record.deadlines, { at: now + refreshInterval, event }] };
}

function eventsOf(response: ProvisionResponse, outcomes: readonly Outcome[]): readonly ServerEvent[] {
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

function reasonOf(response: ProvisionResponse, outcomes: readonly Outcome[]): ServerReason | null {
  if (response.kind === 'RejectionResponse') return reasonOfStatus(response.status);
  return outcomes.some(({ kind }) => kind === 'Violation') ? 'ProtocolError' : null;
}
