/** What MS-ASPROV says that a status means, held against the table of statuses and the codecs of both directions. */
import { expect } from 'vitest';
import { provisionRequest, provisionResponse } from '../../src/codec/index.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import { describeStatus, type StatusScope, statuses } from '../../src/protocol/status.js';
import { readProvision } from '../../src/server/read-provision.js';
import { unwrap } from '../support/device.js';
import type { Claim } from './claim.js';

/** The name that our table has for a meaning. */
const names: readonly (readonly [meaning: RegExp, name: string])[] = [
  [/^success$/, 'Success'],
  [/^protocol error$/, 'ProtocolError'],
  [/^(?:general )?server error$/, 'ServerError'],
  [/^(?:policy undefined|no policy for client)$/, 'PolicyNotDefined'],
  [/^(?:type unknown|PolicyType not recognised)$/, 'UnknownPolicyType'],
  [/^(?:corrupt data|stored policy corrupt)$/, 'PolicyDataCorrupt'],
  [/^(?:key mismatch|wrong key acknowledged)$/, 'WrongPolicyKey'],
  [/^fully applied$/, 'Applied'],
  [/^partly applied, PIN at minimum$/, 'PartiallyApplied'],
  [/^nothing applied$/, 'NotApplied'],
  [/^managed by a third party$/, 'ExternallyManaged'],
  [/^wiped$/, 'Wiped'],
  [/^wipe failed$/, 'WipeFailed'],
  [/^client cannot meet whole policy$/, 'DeviceNotFullyProvisionable'],
  [/^device not provisionable$/, 'LegacyDeviceOnStrictPolicy'],
  [/^externally managed client$/, 'ExternallyManagedDevicesNotAllowed'],
];

/** Where a status stands in the words of the requirements. */
const scopes: Readonly<Record<string, StatusScope>> = {
  'Policy/Status response': 'Policy',
  'Policy/Status request': 'Acknowledgment',
  'Policy/Status': 'Policy',
  'Provision/Status': 'Provision',
  'Provision/Status own': 'Provision',
  'Wipe Status': 'Wipe',
  Status: 'Provision',
  'Server table, Policy scope': 'Policy',
  'Server table, Global scope': 'Provision',
};

const WHERE =
  '(?<where>(?:(?:Policy|Provision)/)?Status(?: response| request| own)?|Wipe Status|Server table, \\w+ scope)';

export const statusClaims: readonly Claim[] = [
  {
    about: 'the meaning of a status',
    pattern: new RegExp(`^${WHERE} (?<status>\\d+): (?<meaning>.+)$`),
    check(named) {
      const [scope, status, meaning] = [scopeOf(named('where')), Number(named('status')), named('meaning')];
      const [, name] = names.find(([words]) => words.test(meaning)) ?? [];
      expect(name, meaning).toBeDefined();
      expect(describeStatus(scope, status)).toMatchObject({ name, known: true });
      expect(sentAndRead(scope, status)).toBe(status);
    },
  },
  {
    about: 'the values of a status',
    pattern: new RegExp(`^${WHERE} values (?<first>\\d)(?:-| or )(?<last>\\d)$`),
    check(named) {
      const scope = scopeOf(named('where'));
      const [first, last] = [Number(named('first')), Number(named('last'))];
      const values = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      expect(Object.keys(statuses[scope]).map(Number)).toEqual(values);
      if (scope !== 'Acknowledgment' && scope !== 'Wipe') return;
      const accepted = Array.from({ length: 300 }, (_, status) => status).filter((status) => isAccepted(scope, status));
      expect(accepted).toEqual(values);
    },
  },
  {
    about: 'the type of a status',
    pattern: new RegExp(`^${WHERE} type: (?<type>unsignedByte|string)$`),
    check(named) {
      const scope = scopeOf(named('where'));
      const last = named('type') === 'unsignedByte' ? 255 : 4;
      for (const status of [1, last]) expect(sentAndRead(scope, status)).toBe(status);
    },
  },
];

function scopeOf(where: string): StatusScope {
  const scope = scopes[where];
  if (!scope) throw new Error(`no scope ${where}`);
  return scope;
}

const policyType = 'MS-EAS-Provisioning-WBXML';

/** A status put at its place in a message, over the wire. */
function sentAndRead(scope: StatusScope, status: number): number | undefined {
  const request = (message: ProvisionRequestMessage) =>
    unwrap(provisionRequest.decode(unwrap(provisionRequest.encode(message))));
  const response = (message: ProvisionResponseMessage) =>
    unwrap(provisionResponse.decode(unwrap(provisionResponse.encode(message))));
  switch (scope) {
    case 'Acknowledgment':
      return request({ policies: [{ policyType, policyKey: '1', status }] }).policies?.[0]?.status;
    case 'Wipe':
      return request({ remoteWipe: { status } }).remoteWipe?.status;
    case 'Policy':
      return response({ status: 1, policies: [{ policyType, status }] }).policies?.[0]?.status;
    default:
      return response({ status }).status;
  }
}

/** Whether a server takes the status in a request for one. */
function isAccepted(scope: 'Acknowledgment' | 'Wipe', status: number): boolean {
  const policies = [{ policyType, policyKey: '1', status }];
  const message = scope === 'Wipe' ? { remoteWipe: { status } } : { policies };
  return readProvision(message, '14.0', { requireDeviceInformation: true }).ok;
}
