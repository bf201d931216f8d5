/** What a message says, in a few words, read from its bytes alone. */
import { commandStatus } from '../client/interpret-command.js';
import { provisionRequest, provisionResponse } from '../codec/index.js';
import { type HttpResponse, isSuccess, readOffer } from '../http/index.js';
import type { Element } from '../protocol/element.js';
import { normalizePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../protocol/provision.js';
import { documentIn, MAX_BODY } from './body.js';

/** How a key is written. */
export type KeyText = (policyKey: PolicyKey) => string;

/** `initial`, `acknowledgment of 100, status 1`, `under key 101`. */
export function requestSummary(
  { command, policyKey, body }: { readonly command: string; readonly policyKey: PolicyKey | null; body: Uint8Array },
  keyText: KeyText,
): string {
  if (body.length > MAX_BODY) return cutSummary(body);
  if (command === 'OPTIONS') return 'asks for versions';
  if (command === 'Provision') {
    const message = provisionRequest.decode(body);
    return short(message.ok ? asked(message.value, keyText) : `unreadable: ${message.error.code}`);
  }
  const under = policyKey === null ? 'without a key' : `under key ${keyText(policyKey)}`;
  return short(describesDevice(documentIn(body)) ? `device information, ${under}` : under);
}

/** `policy under temporary key 100`, `Status 142`, `449`. */
export function answerSummary(
  command: string,
  request: Uint8Array,
  { status, headers, body }: HttpResponse,
  keyText: KeyText,
): string {
  if (!isSuccess(status)) return String(status);
  if (body.length > MAX_BODY) return cutSummary(body);
  if (command === 'OPTIONS') return short(`versions ${readOffer(headers).versions.join(', ')}`);
  if (command === 'Provision') {
    const message = provisionResponse.decode(body);
    return short(message.ok ? told(message.value, request, keyText) : `unreadable: ${message.error.code}`);
  }
  const code = commandStatus(documentIn(body));
  return code === null ? String(status) : `Status ${code}`;
}

/** MS-ASPROV 3.1.5.1.1 to 3.1.5.1.2.3. */
function asked({ policies, remoteWipe, accountOnlyRemoteWipe }: ProvisionRequestMessage, keyText: KeyText): string {
  if (remoteWipe) return `wipe of the device, status ${statusText(remoteWipe.status)}`;
  if (accountOnlyRemoteWipe) return `wipe of the account, status ${statusText(accountOnlyRemoteWipe.status)}`;
  if (!policies) return 'empty';
  const acknowledged = policies.filter(({ policyKey, status }) => policyKey !== undefined || status !== undefined);
  if (acknowledged.length === 0) return 'initial';
  return acknowledged
    .slice(0, MAX_POLICIES)
    .map(({ policyKey, status }) => {
      const key = policyKey === undefined ? 'no key' : keyText(normalizePolicyKey(policyKey));
      return `acknowledgment of ${key}, status ${statusText(status)}`;
    })
    .join(', ');
}

/** A directive counts before every status (MS-ASPROV 3.1.5.1.2, R623). */
function told(message: ProvisionResponseMessage, request: Uint8Array, keyText: KeyText): string {
  const { status = 1, policies = [], remoteWipe, accountOnlyRemoteWipe } = message;
  const again = status === 1 ? '' : `, Status ${statusText(status)}`;
  if (remoteWipe) return `wipe the device${again}`;
  if (accountOnlyRemoteWipe) return `wipe the account${again}`;
  if (status !== 1) return `Provision Status ${statusText(status)}`;
  if (policies.length === 0) return settled(request);
  return policies
    .slice(0, MAX_POLICIES)
    .map(({ status: policyStatus, policyKey, data }) => {
      if (policyStatus === 2) return 'no policy';
      if (policyStatus !== 1) return `Policy Status ${statusText(policyStatus)}`;
      const key = policyKey === undefined ? null : keyText(normalizePolicyKey(policyKey));
      if (data === undefined) return key === null ? 'no key' : `permanent key ${key}`;
      return key === null ? 'policy without a key' : `policy under temporary key ${key}`;
    })
    .join(', ');
}

/** What success without a word more means depends on what was asked. */
function settled(request: Uint8Array): string {
  const message = request.length > MAX_BODY ? null : provisionRequest.decode(request);
  if (!message?.ok) return 'Provision Status 1';
  const { policies, remoteWipe, accountOnlyRemoteWipe } = message.value;
  if (remoteWipe || accountOnlyRemoteWipe) return 'wipe recorded';
  return policies ? 'Provision Status 1' : 'no wipe';
}

function describesDevice(document: Element | null): boolean {
  const { content = null } = document ?? {};
  return Array.isArray(content) && content.some(({ name }) => name === 'Settings:DeviceInformation');
}

function statusText(status: number | undefined): string {
  if (status === undefined) return 'missing';
  return Number.isNaN(status) ? 'no number' : String(status);
}

function cutSummary({ length }: Uint8Array): string {
  return `${length} bytes, of which ${MAX_BODY} are shown`;
}

/** A few words, whatever a peer wrote into a key. */
function short(text: string): string {
  return text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY)}…` : text;
}

const MAX_SUMMARY = 200;
const MAX_POLICIES = 3;
