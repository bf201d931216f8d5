/** What a recorded answer states by itself, in words. */

import { interpret, type ProvisionFact } from '../../src/client/interpret.js';
import { commandStatus, interpretCommand } from '../../src/client/interpret-command.js';
import { wbxml } from '../../src/codec/index.js';
import { isSuccess, readOffer, readRequest } from '../../src/http/index.js';
import { NO_POLICY_KEY } from '../../src/protocol/policy-key.js';
import { negotiateVersion } from '../../src/protocol/version.js';
import { unwrap } from '../support/device.js';
import { asked, type Recorded } from './wire.js';

/** `PolicyOffered 100, 42 elements`; `CommandAdmitted, key 101`; of OPTIONS, the greatest version that both know. */
export function factIn({ request, response }: Recorded): string {
  if (request.method !== 'POST') {
    if (!isSuccess(response.status)) return `Http ${response.status}`;
    return `offers ${negotiateVersion(readOffer(response.headers).versions.join())}`;
  }
  const read = unwrap(readRequest(request));
  if (read.kind === 'Options') throw new Error('not a command');
  if (read.command === 'Provision') return provisionFact(interpret(formOf(request), response, read.protocolVersion));
  const fact = interpretCommand(response, documentIn(response.body), read.policyKey ?? NO_POLICY_KEY);
  if (fact === null) return 'nothing';
  const reason = fact.type === 'ReprovisionRequired' ? ` ${fact.reason}` : '';
  return `${fact.type}${reason}, key ${fact.policyKey}`;
}

/** The document in a body; `null` without one. */
export function documentIn(body: Uint8Array) {
  return body.length > 0 ? unwrap(wbxml.decode(body)) : null;
}

/** ` Status 1`, or nothing. */
export function statusIn(body: Uint8Array): string {
  const status = commandStatus(documentIn(body));
  return status === null ? '' : ` Status ${status}`;
}

function provisionFact(fact: ProvisionFact): string {
  switch (fact.type) {
    case 'PolicyOffered':
      return `PolicyOffered ${fact.policyKey}, ${
        typeof fact.policy === 'string' ? 'WAP document' : `${Object.keys(fact.policy).length} elements`
      }`;
    case 'PermanentKeyIssued':
      return `PermanentKeyIssued ${fact.policyKey}`;
    case 'WipeDirected':
      return `WipeDirected ${fact.scope}`;
    case 'ExchangeFailed':
      return `ExchangeFailed ${fact.fault}`;
    case 'ProvisionRejected':
      return `ProvisionRejected ${fact.scope} ${fact.status}`;
    default:
      return fact.type;
  }
}

function formOf(request: Recorded['request']): Parameters<typeof interpret>[0] {
  const [, form = ''] = asked(request).split(' ');
  const kind = forms.get(form);
  if (!kind) throw new Error(`no such form: ${form}`);
  return kind;
}

const forms: ReadonlyMap<string, Parameters<typeof interpret>[0]> = new Map([
  ['initial', 'InitialRequest'],
  ['empty', 'EmptyRequest'],
  ['acknowledgment', 'PolicyAcknowledgment'],
  ['wipe', 'WipeAcknowledgment'],
]);
