/** The promises that exploration holds every state and every step against: one row each. */
import type { ClientEffect, ProvisioningEvent, ProvisionResponse, WipeScope } from '../../machines/index.js';
import type { Memory } from '../client/memory.js';
import { provisionResponse, wbxml } from '../codec/index.js';
import type { HttpResponse } from '../http/index.js';
import { isIssuablePolicyKey, NO_POLICY_KEY, normalizePolicyKey } from '../protocol/policy-key.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import type { DeterminedPolicy } from '../server/determine.js';
import type { ServerReason } from '../server/reasons.js';
import type { DeviceRecord } from '../server/record.js';
import { textOf } from './values.js';

/** What a row looks at. */
export interface Views {
  /** A Provision request decided by the server. */
  readonly provision: {
    readonly before: DeviceRecord;
    readonly fact: ProvisioningEvent;
    readonly policy: DeterminedPolicy;
    readonly version: ProtocolVersion;
    readonly response: ProvisionResponse | null;
    readonly http: HttpResponse;
    readonly after: DeviceRecord;
  };
  /** Another command decided by the server; `reason` is null where it passed. */
  readonly command: {
    readonly before: DeviceRecord;
    readonly presented: string | null;
    readonly policy: DeterminedPolicy;
    readonly version: ProtocolVersion;
    readonly reason: ServerReason | null;
    readonly http: HttpResponse;
  };
  /** What the store holds, and what the server says to those who should learn nothing of it. */
  readonly record: {
    readonly record: DeviceRecord;
    readonly again: DeviceRecord | null;
    readonly unauthenticated: readonly HttpResponse[];
    /** Reasons given to commands without a key in force, under some policy; null where one passed. */
    readonly keyless: readonly (ServerReason | null)[];
    /** The same for commands under the temporary keys that the record knows. */
    readonly temporary: readonly (ServerReason | null)[];
  };
  /** What the device remembers, and what it would after a restart. */
  readonly memory: { readonly memory: Memory; readonly again: Memory | null };
  /** An answer to Provision as the device takes it. */
  readonly answer: {
    readonly http: HttpResponse;
    readonly fact: ProvisioningEvent;
    readonly before: Memory;
    readonly after: Memory;
  };
  /** An effect performed by the device; `ordered` are the scopes that an administrator ever ordered. */
  readonly effect: { readonly effect: ClientEffect; readonly ordered: ReadonlySet<WipeScope> };
  /** Both sides at the same moment, what the device would find after a restart, and what it ever wiped. */
  readonly sides: {
    readonly record: DeviceRecord;
    readonly memory: Memory;
    readonly durable: Memory;
    readonly wiped: ReadonlySet<WipeScope>;
  };
  /** A permanent key on its way to a device, and what is stored then. */
  readonly key: { readonly policyKey: string; readonly record: DeviceRecord; readonly memory: Memory };
  /** The calls on the device: requests of exchanges that are waited for, and who waits for an exchange. */
  readonly calls: {
    readonly isUnderWay: boolean;
    readonly awaited: number;
    readonly isAwaiting: boolean;
    readonly waiting: number;
  };
}

export type View = keyof Views;
interface Row<V extends View> {
  /** Of the page of invariants. */
  readonly id: string;
  readonly of: V;
  readonly promise: string;
  holds(seen: Views[V]): boolean;
}

function row<V extends View>(id: string, of: V, promise: string, holds: Row<V>['holds']): Row<V> {
  return { id, of, promise, holds };
}

/** By name. Order counts: the first thirty are bits of a number. */
export const invariants = {
  permanentKeyIsEarned: row(
    'I1',
    'provision',
    'A permanent key is the answer to an accepted acknowledgment of the very offer, or to its repetition.',
    ({ before, fact, policy, response, after }) => {
      const { context, name } = before.state;
      if (response?.kind !== 'PermanentKeyResponse') {
        const { policyKey } = after.state.context;
        return after.state.name !== 'Provisioned' || policyKey === NO_POLICY_KEY || policyKey === keyOf(before);
      }
      if (fact.type !== 'PolicyAcknowledged' || fact.status !== 1) return false;
      const isRepeated = name === 'Provisioned' && fact.policyKey === context.settledKey;
      if (isRepeated && response.policyKey === context.policyKey) return true;
      const { pending } = context;
      return (
        pending?.kind === 'Policy' &&
        fact.policyKey === context.policyKey &&
        (policy.kind !== 'Set' || policy.revision === pending.revision)
      );
    },
  ),
  temporaryKeyOpensNothing: row(
    'I2',
    'record',
    'A temporary key opens no command while a policy is set, neither before nor after its acknowledgment.',
    ({ temporary }) => temporary.every((reason) => reason !== null),
  ),
  lesserEarnsNothing: row(
    'I3',
    'provision',
    'Applied in part, not applied, managed by others: none earns a key.',
    ({ fact, response }) =>
      fact.type !== 'PolicyAcknowledged' || fact.status === 1 || response?.kind !== 'PermanentKeyResponse',
  ),
  noKeyBesideRefusal: row('I3', 'provision', 'No key stands in an answer beside a refusal.', ({ http }) => {
    const message = provisionResponse.decode(http.body);
    if (!message.ok) return true;
    const { status, policies = [] } = message.value;
    return policies.every((policy) => policy.policyKey === undefined || (status === 1 && policy.status === 1));
  }),
  changeIsNoticed: row(
    'I4',
    'command',
    'A command passes only under the revision that is set.',
    ({ before, policy, reason }) =>
      reason !== null || policy.kind !== 'Set' || before.state.context.revision === policy.revision,
  ),
  sameKeyMeansSamePolicy: row(
    'I4',
    'sides',
    'Provisioned under the same key, both sides mean the same policy.',
    ({ record, memory }) => {
      const isAgreed =
        record.state.name === 'Provisioned' && memory.state.name === 'Provisioned' && keyOf(record) !== NO_POLICY_KEY;
      if (!isAgreed || keyOf(record) !== memory.state.context.policyKey) return true;
      return memory.policy !== null && revisionOf(memory.policy) === record.state.context.revision;
    },
  ),
  wipeOutranks: row(
    'I5',
    'provision',
    'While a wipe stands ordered, Provision is answered with that directive, or refused.',
    ({ before, fact, response, version }) => {
      const scope = openScope(before);
      if (scope === null || response === null) return true;
      if (fact.type === 'PolicyRequested') {
        if (scope === 'account' && !protocolVersions[version].accountOnlyRemoteWipe) {
          return response.kind === 'RejectionResponse';
        }
        return response.kind === 'WipeResponse' && response.scope === scope;
      }
      if (fact.type === 'PolicyAcknowledged') return response.kind === 'RejectionResponse';
      return response.kind === 'WipeRecordedResponse' || response.kind === 'NoWipeResponse';
    },
  ),
  onlyATrueAnswerEndsAWipe: row(
    'I5',
    'provision',
    'A wipe stands ordered until the device says that this wipe is done.',
    ({ before, fact, after }) => {
      const isDone =
        fact.type === 'WipeAcknowledged' &&
        fact.status === 1 &&
        before.state.context.pending?.kind === 'Wipe' &&
        before.state.context.pending.scope === fact.scope;
      if (isDone) return after.wiped === fact.scope;
      return after.wiped === before.wiped && openScope(after) === openScope(before);
    },
  ),
  accountWipeFitsTheVersion: row(
    'I5',
    'provision',
    'A wipe of the account is never sent below 16.1.',
    ({ version, http }) => {
      const message = provisionResponse.decode(http.body);
      return !message.ok || !message.value.accountOnlyRemoteWipe || protocolVersions[version].accountOnlyRemoteWipe;
    },
  ),
  onlyTheOrderedIsWiped: row(
    'I5',
    'effect',
    'A device wipes only what an administrator ordered to be wiped.',
    ({ effect, ordered }) => effect.type !== 'Wipe' || ordered.has(effect.scope),
  ),
  recordedMeansWiped: row(
    'I5',
    'sides',
    'What the server has recorded as wiped the device has wiped, or has stored that it will without asking again.',
    ({ record: { wiped: recorded }, durable, wiped }) => {
      if (recorded === null || wiped.has(recorded)) return true;
      const { pending } = durable.state.context;
      return pending?.kind === 'Wipe' && pending.scope === recorded && pending.status === 1;
    },
  ),
  noCommandDuringAWipe: row(
    'I5',
    'command',
    'No command passes while a wipe stands ordered, or after it.',
    ({ before, reason }) => reason !== null || (openScope(before) === null && before.wiped === null),
  ),
  oneExchange: row(
    'I7',
    'calls',
    'One request of one exchange is waited for at a time.',
    ({ awaited, isAwaiting }) => awaited <= (isAwaiting ? 1 : 0),
  ),
  whoWaitsIsHeard: row(
    'I7',
    'calls',
    'Whoever waits for an exchange has one under way.',
    ({ isUnderWay, waiting }) => isUnderWay || waiting === 0,
  ),
  noPolicyDemandsNothing: row(
    'I8',
    'command',
    'A server without a policy demands none.',
    ({ before, policy, reason }) =>
      policy.kind !== 'None' || reason === null || openScope(before) !== null || before.wiped !== null,
  ),
  noPolicyIsSuccess: row(
    'I8',
    'answer',
    'Told that there is no policy, the device is provisioned without a key.',
    ({ fact, after }) => {
      if (fact.type !== 'PolicyNotDefined') return true;
      return after.state.name === 'Provisioned' && after.state.context.policyKey === NO_POLICY_KEY;
    },
  ),
  rightNumberInTheRightPlace: row(
    'I9',
    'command',
    'A demand is HTTP 449 up to 12.1, and a Status in the body of the command from 14.0 on; never both.',
    ({ reason, version, http }) => {
      const number = reason && (demandNumbers.get(reason) ?? null);
      if (number === null) return true;
      if (protocolVersions[version].signal === 'http') return http.status === 449 && http.body.length === 0;
      const body = wbxml.decode(http.body);
      if (http.status !== 200 || !body.ok || !Array.isArray(body.value.content)) return false;
      return body.value.content.some(({ name, content }) => name.endsWith(':Status') && content === String(number));
    },
  ),
  authenticationComesFirst: row(
    'I10',
    'record',
    'Without credentials every answer is 401, the same for every device.',
    ({ unauthenticated }) => unauthenticated.every(({ status, body }) => status === 401 && body.length === 0),
  ),
  noKeyOpensNothing: row(
    'I11',
    'record',
    'No key, 0, an empty key and a garbage key open nothing while a policy is set.',
    ({ keyless }) => keyless.every((reason) => reason !== null),
  ),
  keysAreNew: row(
    'I14',
    'provision',
    'A key that is issued is a decimal number above 0, and none that the agreement knows.',
    ({ before, fact, response }) => {
      if (response?.kind !== 'PolicyResponse' && response?.kind !== 'PermanentKeyResponse') return true;
      const { policyKey } = response;
      const { settledKey } = before.state.context;
      const isRepeated =
        response.kind === 'PermanentKeyResponse' && fact.type === 'PolicyAcknowledged' && fact.policyKey === settledKey;
      if (!isIssuablePolicyKey(policyKey)) return false;
      return isRepeated || (policyKey !== keyOf(before) && policyKey !== settledKey);
    },
  ),
  recordSurvivesARestart: row(
    'I17',
    'record',
    'A server that starts again finds the agreement as it was.',
    ({ record, again }) => again !== null && textOf(again.state) === textOf(record.state),
  ),
  orderSurvivesARestart: row(
    'I17',
    'record',
    'A wipe that is ordered and not done is demanded, whatever came in between.',
    ({ record }) => record.wipe === null || record.wipe.completedAt !== null || openScope(record) === record.wipe.scope,
  ),
  memorySurvivesARestart: row(
    'I17',
    'memory',
    'A device that starts again finds the agreement as it was.',
    ({ memory, again }) => again !== null && textOf(again.state) === textOf(memory.state),
  ),
  nodesAgree: row(
    'I17',
    'key',
    'The key that an acknowledgment earned is the one that is stored, whichever node answers.',
    ({ policyKey, record, memory }) => {
      const { name, context } = record.state;
      const isOfThisOffer = name === 'Provisioned' && context.settledKey === memory.state.context.policyKey;
      return !isOfThisOffer || memory.state.name !== 'Acknowledging' || context.policyKey === policyKey;
    },
  ),
  keyOnlyFromAFullAnswer: row(
    'I18',
    'answer',
    'A key is taken only from an answer whose Statuses are both 1.',
    ({ http, before, after }) => {
      const { policyKey } = after.state.context;
      if (policyKey === NO_POLICY_KEY || policyKey === before.state.context.policyKey) return true;
      const message = provisionResponse.decode(http.body);
      if (!message.ok || message.value.status !== 1) return false;
      return (message.value.policies ?? []).some(
        (policy) => policy.status === 1 && normalizePolicyKey(policy.policyKey ?? '') === policyKey,
      );
    },
  ),
} as const;

export type InvariantName = keyof typeof invariants;
export const invariantNames = Object.keys(invariants) as readonly InvariantName[];

/** A bit for each row that does not hold. */
export function brokenBits<V extends View>(of: V, seen: Views[V]): number {
  let bits = 0;
  for (const { bit, row } of rows.get(of) ?? []) if (!row.holds(seen)) bits |= 1 << bit;
  return bits;
}

const rows = new Map<View, { readonly bit: number; readonly row: Row<View> }[]>();
for (const [bit, name] of invariantNames.entries()) {
  const row: Row<View> = invariants[name];
  rows.set(row.of, [...(rows.get(row.of) ?? []), { bit, row }]);
}

const demandNumbers: ReadonlyMap<string, number> = new Map([
  ['RemoteWipeRequested', 140],
  ['AccountOnlyRemoteWipeRequested', 140],
  ['LegacyDeviceOnStrictPolicy', 141],
  ['DeviceNotProvisioned', 142],
  ['PolicyRefresh', 143],
  ['InvalidPolicyKey', 144],
]);

function keyOf({ state }: DeviceRecord): string {
  return state.context.policyKey;
}

/** The scope of a wipe that is demanded, or directed and not answered. */
function openScope({ state }: DeviceRecord): WipeScope | null {
  const { reason, pending } = state.context;
  if (reason === 'RemoteWipeRequested') return 'device';
  if (reason === 'AccountOnlyRemoteWipeRequested') return 'account';
  return pending?.kind === 'Wipe' ? pending.scope : null;
}

/** The revision of a document is its text here. */
export function revisionOf(document: unknown): string {
  return textOf(document);
}
