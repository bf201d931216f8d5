import {
  type DeviceInformation,
  type DeviceInformationElement,
  deviceInformationElements,
} from '../protocol/device-information.js';
import type { Element } from '../protocol/element.js';
import type { Problem } from '../protocol/problem.js';
import type { ProvisionRequestMessage, RequestPolicy, WipeAnswer } from '../protocol/provision.js';
import type { Result } from '../protocol/result.js';
import { container, leaves, optional } from './content.js';
import { statusFault } from './message-fault.js';
import { type MessagePart, readMessage } from './message-part.js';
import { present } from './present.js';

/**
 * Reads a Provision request. Its structure is held to: the root, each element in its parent and at most once,
 * PolicyKey before Status in an acknowledgment (MS-ASPROV 2.2.2.41, R311). Order is free otherwise, unknown elements
 * are ignored, and so is a Status beside RemoteWipe (iOS 5). What the values mean is not judged.
 *
 * @returns `ERR_PROVISION_SHAPE` with a path.
 */
export function readProvisionRequest(root: Element): Result<ProvisionRequestMessage> {
  return readMessage(root, (provision) =>
    present<ProvisionRequestMessage>({
      deviceInformation: readDeviceInformation(provision.part('Settings:DeviceInformation')),
      policies: provision.part('Provision:Policies')?.parts('Provision:Policy').map(readRequestPolicy),
      remoteWipe: readWipeAnswer(provision.part('Provision:RemoteWipe')),
      accountOnlyRemoteWipe: readWipeAnswer(provision.part('Provision:AccountOnlyRemoteWipe')),
    }),
  );
}

/**
 * Writes a Provision request: DeviceInformation first, then Policies, then the answers to a directive; in a Policy
 * PolicyType, PolicyKey, Status, as the example of MS-ASPROV 4.1.3 and all peers have it. The empty message is the
 * empty element. Whether the version carries DeviceInformation is the caller's to know (2.2.2.53).
 */
export function writeProvisionRequest(message: ProvisionRequestMessage): Element {
  return container('Provision:Provision', [
    ...optional(message.deviceInformation, writeDeviceInformation),
    ...optional(message.policies, (policies) => container('Provision:Policies', policies.map(writeRequestPolicy))),
    ...optional(message.remoteWipe, (answer) => writeWipeAnswer('Provision:RemoteWipe', answer)),
    ...optional(message.accountOnlyRemoteWipe, (answer) => writeWipeAnswer('Provision:AccountOnlyRemoteWipe', answer)),
  ]);
}

/** What keeps a request from being sent: a status that is no number. */
export function requestFault(message: ProvisionRequestMessage): Problem | null {
  const { policies = [], remoteWipe, accountOnlyRemoteWipe } = message;
  return statusFault([
    ...policies.map(({ status }, i) => [`Provision/Policies/Policy[${i + 1}]/Status`, status] as const),
    ['Provision/RemoteWipe/Status', remoteWipe?.status],
    ['Provision/AccountOnlyRemoteWipe/Status', accountOnlyRemoteWipe?.status],
  ]);
}

function readRequestPolicy(policy: MessagePart): RequestPolicy {
  policy.expectOrder('Provision:PolicyKey', 'Provision:Status');
  return present<RequestPolicy>({
    policyType: policy.text('Provision:PolicyType')?.trim(),
    policyKey: policy.text('Provision:PolicyKey')?.trim(),
    status: policy.status('Provision:Status'),
  });
}

function writeRequestPolicy({ policyType, policyKey, status }: RequestPolicy): Element {
  const fields = { 'Provision:PolicyType': policyType, 'Provision:PolicyKey': policyKey, 'Provision:Status': status };
  return container('Provision:Policy', leaves(fields));
}

function readWipeAnswer(answer: MessagePart | undefined): WipeAnswer | undefined {
  return answer && present<WipeAnswer>({ status: answer.status('Provision:Status') });
}

function writeWipeAnswer(name: string, { status }: WipeAnswer): Element {
  return container(name, leaves({ 'Provision:Status': status }));
}

function readDeviceInformation(part: MessagePart | undefined): DeviceInformation | undefined {
  const set = part?.part('Settings:Set');
  const texts = deviceInformation.map((name) => [name, set?.text(`Settings:${name}`)] as const);
  return part && (Object.fromEntries(texts.filter(([, text]) => text !== undefined)) as DeviceInformation);
}

function writeDeviceInformation(information: DeviceInformation): Element {
  const texts = deviceInformation.map((name) => [`Settings:${name}`, information[name]] as const);
  return container('Settings:DeviceInformation', [container('Settings:Set', leaves(Object.fromEntries(texts)))]);
}

const deviceInformation = Object.keys(deviceInformationElements) as readonly DeviceInformationElement[];
