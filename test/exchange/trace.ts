/** An exchange on the wire as lines, read from its bytes alone. */
import { provisionRequest, provisionResponse } from '../../src/codec/index.js';
import { type CommandRequest, readRequest } from '../../src/http/index.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../src/protocol/provision.js';
import { statusOf, unwrap } from '../support/device.js';
import type { Link } from '../support/link.js';

/** The request and its answer; of a request that was lost, there is no answer. */
export function linesOf({ request, response, fate }: Link['exchanges'][number]): readonly string[] {
  const read = unwrap(readRequest(request));
  if (read.kind === 'Options') throw new Error('no chapter asks for OPTIONS');
  const asked = requestOf(read);
  if (fate === 'request lost') return [`x> ${asked}`];
  const answer = [String(response.status)];
  if (response.body.length > 0) {
    const isProvision = read.command === 'Provision';
    answer.push(isProvision ? provisionAnswer(response.body) : `Status ${statusOf(response)}`);
  }
  return [`> ${asked}`, `${fate === 'response lost' ? 'x' : '<'} ${answer.join(' ')}`];
}

function requestOf({ command, policyKey, body }: CommandRequest): string {
  const form = command === 'Provision' ? ` ${formOf(unwrap(provisionRequest.decode(body)))}` : '';
  return `${command}${form} key=${policyKey ?? 'none'}`;
}

/** MS-ASPROV 3.1.5.1.1 to 3.1.5.1.2.3. */
function formOf({ policies, remoteWipe, accountOnlyRemoteWipe }: ProvisionRequestMessage): string {
  if (remoteWipe) return `wipe ${remoteWipe.status}`;
  if (accountOnlyRemoteWipe) return `account-only wipe ${accountOnlyRemoteWipe.status}`;
  if (!policies) return 'empty';
  const acknowledged = policies.filter(({ policyKey, status }) => policyKey !== undefined || status !== undefined);
  if (acknowledged.length === 0) return 'initial';
  return acknowledged.map(({ policyKey, status }) => `acknowledgment of ${policyKey}, status ${status}`).join(', ');
}

function provisionAnswer(body: Uint8Array): string {
  const message = unwrap(provisionResponse.decode(body));
  return [`Provision ${message.status}`, ...policiesOf(message), ...directivesOf(message)].join(', ');
}

function policiesOf({ policies = [] }: ProvisionResponseMessage): readonly string[] {
  return policies.flatMap(({ status, policyKey, data }) => [
    `Policy ${status}`,
    ...(policyKey === undefined ? [] : [`key ${policyKey}`]),
    ...(data === undefined ? [] : [typeof data === 'string' ? 'WAP policy' : 'policy']),
  ]);
}

function directivesOf({ remoteWipe, accountOnlyRemoteWipe }: ProvisionResponseMessage): readonly string[] {
  return [...(remoteWipe ? ['remote wipe'] : []), ...(accountOnlyRemoteWipe ? ['account-only remote wipe'] : [])];
}
