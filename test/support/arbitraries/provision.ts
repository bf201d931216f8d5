/** Provision messages as the wire can hold them, whatever they mean. */
import fc from 'fast-check';
import { type DeviceInformation, deviceInformationElements } from '../../../src/protocol/device-information.js';
import type {
  PolicyData,
  ProvisionRequestMessage,
  ProvisionResponseMessage,
  RequestPolicy,
  ResponsePolicy,
  WipeAnswer,
} from '../../../src/protocol/provision.js';
import { anyPolicy } from './policy.js';
import { inlineText, token } from './text.js';

const status = fc.oneof(fc.constantFrom(1, 2, 3, 4, 5, 139, 165), fc.nat());
const policyType = fc.oneof(fc.constantFrom('MS-EAS-Provisioning-WBXML', 'MS-WAP-Provisioning-XML'), token);
const policyKey = fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }).map(String), token);
const sparse: { requiredKeys: []; noNullPrototype: true } = { requiredKeys: [], noNullPrototype: true };

const deviceInformation = fc.record(
  Object.fromEntries(Object.keys(deviceInformationElements).map((name) => [name, inlineText])),
  sparse,
) as fc.Arbitrary<DeviceInformation>;

const wipeAnswer: fc.Arbitrary<WipeAnswer> = fc.record({ status }, sparse);
const requestPolicy: fc.Arbitrary<RequestPolicy> = fc.record({ policyType, policyKey, status }, sparse);

export const provisionRequestMessage: fc.Arbitrary<ProvisionRequestMessage> = fc.record(
  {
    deviceInformation,
    policies: fc.array(requestPolicy, { maxLength: 3 }),
    remoteWipe: wipeAnswer,
    accountOnlyRemoteWipe: wipeAnswer,
  },
  sparse,
);

const data: fc.Arbitrary<PolicyData> = fc.oneof(anyPolicy, inlineText);
const responsePolicy: fc.Arbitrary<ResponsePolicy> = fc.record({ policyType, status, policyKey, data }, sparse);

export const provisionResponseMessage: fc.Arbitrary<ProvisionResponseMessage> = fc.record(
  {
    deviceInformationStatus: status,
    status,
    policies: fc.array(responsePolicy, { maxLength: 3 }),
    remoteWipe: fc.constant<true>(true),
    accountOnlyRemoteWipe: fc.constant<true>(true),
  },
  sparse,
);
