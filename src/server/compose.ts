/** The machine's answers as HTTP, by version. */
import type { ProvisionResponse, StatusScope, WipeScope } from '../../machines/index.js';
import { provisionResponse, wbxml } from '../codec/index.js';
import { type HttpResponse, wbxmlContentType } from '../http/index.js';
import { type CommandName, elementsOf } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import { carriedPolicy } from '../protocol/policy.js';
import type { PolicyData, ProvisionResponseMessage, ResponsePolicy } from '../protocol/provision.js';
import { isAtLeast, type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { reasonOfStatus, type ServerReason, serverReasons } from './reasons.js';

/** A Provision response (MS-ASPROV 3.2.5.1). `describes` is whether the request carried DeviceInformation (R534). */
export async function composeProvision(
  response: ProvisionResponse,
  version: ProtocolVersion,
  describes: boolean,
): Promise<HttpResponse> {
  const http = response.kind === 'RejectionResponse' ? httpOf(response.scope, response.status, version) : null;
  if (http !== null) return httpResponse(http);
  const message = await messageOf(response, version);
  const described = describes && isAtLeast(version, '14.1');
  const encoded = provisionResponse.encode({ ...(described && { deviceInformationStatus: 1 }), ...message });
  return encoded.ok ? wbxmlResponse(encoded.value) : httpResponse(500);
}

/**
 * A refusal in the right place for the version: HTTP up to 12.1, from 14.0 on the status in the command's own body
 * (MS-ASCMD 2.2.2; I9); `at` is null for a request that never came to be a command. Up to 12.1 a wipe is 403 to a request without a policy key, which could not provision.
 */
export function composeRefusal(
  reason: ServerReason,
  at: { readonly version: ProtocolVersion; readonly command: CommandName; readonly carriesKey: boolean } | null,
): HttpResponse {
  const { status, http } = serverReasons[reason];
  const elements = at && elementsOf(at.version, at.command);
  if (status !== null && elements && protocolVersions[at.version].signal === 'status') {
    return documentResponse({ name: elements.root, content: [{ name: elements.status, content: String(status) }] });
  }
  return httpResponse(status === 140 && !at?.carriesKey ? 403 : (http ?? 400));
}

/** An answer without a body; a busy server says when to come back (MS-ASHTTP 2.2.2.1.1). */
export function httpResponse(status: number): HttpResponse {
  return { status, headers: status === 503 ? { 'Retry-After': RETRY_AFTER } : {}, body: new Uint8Array() };
}

/** An answer that is a document; one that can not be written is the server's fault. */
export function documentResponse(document: Element): HttpResponse {
  const encoded = wbxml.encode(document);
  return encoded.ok ? wbxmlResponse(encoded.value) : httpResponse(500);
}

export function wbxmlResponse(body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'Content-Type': wbxmlContentType, 'Cache-Control': 'private' }, body };
}

/** Seconds. */
const RETRY_AFTER = '30';

/** The HTTP status that a refusal of Provision is: always in the HTTP scope, up to 12.1 for a code that has one. */
function httpOf(scope: StatusScope, status: number, version: ProtocolVersion): number | null {
  if (scope === 'Http') return status;
  return protocolVersions[version].signal === 'status' ? null : serverReasons[reasonOfStatus(status)].http;
}

async function messageOf(response: ProvisionResponse, version: ProtocolVersion): Promise<ProvisionResponseMessage> {
  const { policyType } = protocolVersions[version];
  const policy = (fields: ResponsePolicy) => ({ status: 1, policies: [{ policyType, ...fields }] });
  switch (response.kind) {
    case 'PolicyResponse':
      return policy({ status: 1, policyKey: response.policyKey, data: await dataOf(response.policy, version) });
    case 'NoPolicyResponse':
      return policy({ status: 2 });
    case 'PermanentKeyResponse':
      return policy({ status: 1, policyKey: response.policyKey });
    case 'WipeResponse':
      return { status: 1, ...directive(response.scope) };
    case 'NoWipeResponse':
      return { status: 1 };
    case 'WipeRecordedResponse':
      // Since Exchange 2013: a failure is answered with 2 and the directive again, a success without (R1047, R1048).
      return response.status === 1 ? { status: 1 } : { status: 2, ...directive(response.scope) };
    case 'RejectionResponse':
      return response.scope === 'Policy' ? policy({ status: response.status }) : { status: response.status };
  }
}

function directive(scope: WipeScope): ProvisionResponseMessage {
  return scope === 'account' ? { accountOnlyRemoteWipe: true } : { remoteWipe: true };
}

/** The policy in the form the version has for it: the WAP document is loaded only when a 2.5 device asks. */
async function dataOf(policy: PolicyData, version: ProtocolVersion): Promise<PolicyData> {
  if (typeof policy === 'string') return policy;
  if (protocolVersions[version].policyType === 'MS-EAS-Provisioning-WBXML') return carriedPolicy(policy, version);
  const { wapPolicy } = await import('../codec/xml/wap-policy.js');
  const document = wapPolicy.encode(policy);
  if (!document.ok) throw new TypeError(document.error.message);
  return document.value;
}
