/** What a recorded command tells both machines, and where its key or its answer left the specification. */
import { admit, type EventOf } from '../../machines/index.js';
import { interpretCommand } from '../client/interpret-command.js';
import { wbxml } from '../codec/index.js';
import { type CommandRequest, type HttpResponse, header, isSuccess, isWbxml } from '../http/index.js';
import { commands, elementsOf } from '../protocol/command.js';
import { NO_POLICY_KEY, normalizePolicyKey, type PolicyKey } from '../protocol/policy-key.js';
import { protocolVersions } from '../protocol/version.js';
import type { Witness } from './witness.js';

/** The key that a command is sent under. Commands that need none say nothing. */
export function hearCommand(request: CommandRequest, response: HttpResponse, witness: Witness): void {
  const { command, policyKey, body, contentType } = request;
  witnessBody(request, body, contentType, () => witness, 'client');
  if (!commands[command].gated) return;
  const presented = presentedIn(policyKey);
  if (!witness.isKnown && presented !== NO_POLICY_KEY && answerIn(request, response) !== null) {
    witness.resume(presented, `The agreement under key ${presented} is older than this recording.`);
  }
  const { name, context } = witness.client;
  const isHeld = name === 'Provisioned' && context.policyKey === presented;
  if (isHeld) return;
  if (presented === NO_POLICY_KEY) {
    if (name !== 'Provisioned') return;
    const how = policyKey === null ? 'without a key' : 'under key 0';
    witness.note('client', `${command} ${how}, though key ${context.policyKey} was given: it is forgotten there.`);
    witness.hear({ type: 'Reset' }, ['client']);
    return;
  }
  switch (witness.kindOf(presented)) {
    case 'temporary':
      witness.mark('client', `sends ${command} under ${presented}, a key for an acknowledgment alone (MS-ASPROV R626)`);
      break;
    case 'permanent':
      witness.note('client', `${command} under key ${presented}, which does not hold any more.`);
      break;
    case null:
      witness.mark('client', `sends ${command} under key ${presented}, which was never given`);
  }
}

/** The answer: a demand to provision, or that the command passed. Anything else says nothing about the agreement. */
export function hearCommandAnswer(request: CommandRequest, response: HttpResponse, witness: Witness): void {
  const { command, policyKey } = request;
  if (isSuccess(response.status)) {
    witnessBody(request, response.body, header(response.headers, 'Content-Type'), () => witness, 'server');
  }
  if (!commands[command].gated) return;
  const fact = answerIn(request, response);
  if (fact?.type === 'ReprovisionRequired') demanded(request, response, fact, witness);
  if (fact?.type === 'CommandAdmitted') passed(command, policyKey, fact, witness);
}

function demanded(
  { protocolVersion: version }: CommandRequest,
  { status }: HttpResponse,
  fact: EventOf<'ReprovisionRequired'>,
  witness: Witness,
): void {
  const { name, context } = witness.server;
  // Under a temporary key it is the command that is wrong, and the offer stands.
  const isOfOffer = witness.kindOf(fact.policyKey) === 'temporary';
  if (!isOfOffer) witness.hear(fact, ['client']);
  if (fact.reason === 'RemoteWipeRequested') witness.hear({ ...fact, policyKey: context.policyKey }, ['server']);
  else if (name === 'Provisioned' && fact.policyKey === context.policyKey) witness.hear(fact, ['server']);
  const { signal } = protocolVersions[version];
  if (signal === 'status' && status === 449) {
    witness.mark('server', `demands by HTTP 449 in ${version}, where a Status in the body does (MS-ASCMD 2.2.2)`);
  }
  if (signal === 'http' && status !== 449) {
    witness.mark('server', `demands by a Status in the body in ${version}, where HTTP 449 does (MS-ASCMD 2.2.2)`);
  }
}

function passed(command: string, policyKey: string | null, fact: EventOf<'CommandAdmitted'>, witness: Witness): void {
  const presented = policyKey === null ? null : fact.policyKey;
  const verdict = admit(witness.server, presented, 'Strict');
  if (verdict === 'RemoteWipeRequested' || verdict === 'AccountOnlyRemoteWipeRequested') {
    witness.note('server', `${command} passes: the wipe must have been taken back.`);
    witness.hear({ type: 'WipeCancelled' }, ['server']);
  }
  witness.hear(fact, ['server', 'client']);
  if (verdict === 'Admitted' || !witness.isKnown) return;
  if (fact.policyKey !== NO_POLICY_KEY) {
    witness.mark('server', `lets ${command} pass under key ${fact.policyKey}, ${objectionTo(fact.policyKey, witness)}`);
  } else if (verdict !== 'RemoteWipeRequested' && verdict !== 'AccountOnlyRemoteWipeRequested') {
    witness.note('server', `${command} passes without an agreement: none is demanded of it.`);
  }
}

function objectionTo(policyKey: PolicyKey, { kindOf }: Witness): string {
  switch (kindOf(policyKey)) {
    case 'temporary':
      return 'which is good for an acknowledgment alone (MS-ASPROV R626, R650)';
    case 'permanent':
      return 'which does not hold any more';
    case null:
      return 'which was never given';
  }
}

function answerIn({ policyKey }: CommandRequest, response: HttpResponse) {
  const document = response.body.length > 0 ? wbxml.decode(response.body) : null;
  return interpretCommand(response, document?.ok ? document.value : null, presentedIn(policyKey));
}

function presentedIn(policyKey: string | null): PolicyKey {
  return policyKey === null ? NO_POLICY_KEY : normalizePolicyKey(policyKey);
}

/** A body that has to be WBXML and is none. */
function witnessBody(
  { command, protocolVersion }: CommandRequest,
  body: Uint8Array,
  contentType: string | null,
  witness: () => Witness,
  by: 'client' | 'server',
): void {
  if (body.length === 0 || !elementsOf(protocolVersion, command)) return;
  if (contentType !== null && !isWbxml(contentType)) return;
  const document = wbxml.decode(body);
  if (document.ok) return;
  const { code, offset } = document.error;
  witness().mark(by, `sends a body for ${command} that can not be read: ${code} at offset ${offset ?? 0}`);
}
