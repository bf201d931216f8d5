import type { Element } from '../protocol/element.js';
import { validatePolicyTypes } from '../protocol/policy.js';
import type { Problem } from '../protocol/problem.js';
import type { PolicyData, ProvisionResponseMessage, ResponsePolicy } from '../protocol/provision.js';
import type { Result } from '../protocol/result.js';
import { container, leaf, leaves, optional, textOf } from './content.js';
import { statusFault } from './message-fault.js';
import { type MessagePart, readMessage } from './message-part.js';
import { readPolicy, writePolicy } from './policy.js';
import { present } from './present.js';

/**
 * Reads a Provision response (MS-ASPROV 2.2.2, 6.3) as servers send it: children in any order, any of them missing,
 * blanks around PolicyType and PolicyKey, a wipe directive with content, Data as EASProvisionDoc, as text or as opaque
 * text. What is ambiguous is refused: an element doubled or in another's place. No status is judged.
 *
 * @returns `ERR_PROVISION_SHAPE`, `ERR_POLICY_SHAPE` or `ERR_POLICY_VALUE`, with a path.
 */
export function readProvisionResponse(root: Element): Result<ProvisionResponseMessage> {
  return readMessage(root, (provision) =>
    present<ProvisionResponseMessage>({
      deviceInformationStatus: provision.part('Settings:DeviceInformation')?.status('Settings:Status'),
      status: provision.status('Provision:Status'),
      policies: provision.part('Provision:Policies')?.parts('Provision:Policy').map(readResponsePolicy),
      remoteWipe: provision.child('Provision:RemoteWipe') && true,
      accountOnlyRemoteWipe: provision.child('Provision:AccountOnlyRemoteWipe') && true,
    }),
  );
}

/**
 * Writes a Provision response in the order of the schema (MS-ASPROV 6.3). A policy is written whole: project it to
 * the version of the request first (`projectPolicy` of `/policy`).
 */
export function writeProvisionResponse(message: ProvisionResponseMessage): Element {
  return container('Provision:Provision', [
    ...optional(message.deviceInformationStatus, writeDeviceInformationStatus),
    ...leaves({ 'Provision:Status': message.status }),
    ...optional(message.policies, (policies) => container('Provision:Policies', policies.map(writeResponsePolicy))),
    ...optional(message.remoteWipe, () => container('Provision:RemoteWipe', [])),
    ...optional(message.accountOnlyRemoteWipe, () => container('Provision:AccountOnlyRemoteWipe', [])),
  ]);
}

/** What keeps a response from being sent: a status that is no number, a policy value that is not of its type. */
export function responseFault({
  deviceInformationStatus,
  status,
  policies = [],
}: ProvisionResponseMessage): Problem | null {
  const fault = statusFault([
    ['Provision/DeviceInformation/Status', deviceInformationStatus],
    ['Provision/Status', status],
    ...policies.map((policy, i) => [`${policyPath(i)}/Status`, policy.status] as const),
  ]);
  return fault ?? policies.map((policy, i) => dataFault(policy, policyPath(i))).find((found) => found !== null) ?? null;
}

function readResponsePolicy(policy: MessagePart): ResponsePolicy {
  return present<ResponsePolicy>({
    policyType: policy.text('Provision:PolicyType')?.trim(),
    status: policy.status('Provision:Status'),
    policyKey: policy.text('Provision:PolicyKey')?.trim(),
    data: readData(policy),
  });
}

function writeResponsePolicy({ policyType, status, policyKey, data }: ResponsePolicy): Element {
  const fields = { 'Provision:PolicyType': policyType, 'Provision:Status': status, 'Provision:PolicyKey': policyKey };
  return container('Provision:Policy', [...leaves(fields), ...optional(data, writeData)]);
}

function readData(policy: MessagePart): PolicyData | undefined {
  const data = policy.child('Provision:Data');
  const text = data && textOf(data);
  if (!data || text !== undefined) return text;
  const document = policy.part('Provision:Data')?.child('Provision:EASProvisionDoc');
  if (!document) {
    policy.note('Expected EASProvisionDoc or text.', 'Provision:Data');
    return undefined;
  }
  const read = readPolicy(document);
  if (read.ok) return read.value;
  policy.refuse(within(`${policy.path}/Data`, read.error));
  return undefined;
}

function writeData(data: PolicyData): Element {
  return typeof data === 'string' ? leaf('Provision:Data', data) : container('Provision:Data', [writePolicy(data)]);
}

function writeDeviceInformationStatus(status: number): Element {
  return container('Settings:DeviceInformation', leaves({ 'Settings:Status': status }));
}

function dataFault({ data }: ResponsePolicy, path: string): Problem | null {
  if (data === undefined || typeof data === 'string') return null;
  const typed = validatePolicyTypes(data);
  return typed.ok ? null : within(`${path}/Data`, typed.error);
}

function within(path: string, found: Problem): Problem {
  return { ...found, path: found.path === undefined ? path : `${path}/${found.path}` };
}

function policyPath(index: number): string {
  return `Provision/Policies/Policy[${index + 1}]`;
}
