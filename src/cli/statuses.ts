import type { Observation } from '../client/index.js';
import { httpStatus } from '../http/index.js';
import { describeStatus } from '../protocol/status.js';

/** How HTTP answered, `HTTP 449 RetryWith`; or why nothing did. */
export function httpText({ httpStatus: status, fault }: Pick<Observation, 'httpStatus' | 'fault'>): string {
  return status === null ? `no answer (${fault})` : `HTTP ${status} ${httpStatus(status).name}`;
}

/** The statuses in a body, each where it stood and with its name. */
export function statusTexts({ statuses, command }: Pick<Observation, 'statuses' | 'command'>): readonly string[] {
  const { provision, policy, deviceInformation, command: own } = statuses;
  return [
    own === undefined ? null : commandStatus(command, own),
    provision === undefined ? null : scoped('Provision', provision),
    policy === undefined ? null : scoped('Policy', policy),
    deviceInformation === undefined ? null : scoped('DeviceInformation', deviceInformation),
  ].filter((text) => text !== null);
}

function scoped(scope: 'Provision' | 'Policy' | 'DeviceInformation', status: number): string {
  return `${scope} ${status} ${describeStatus(scope, status).name}`;
}

/** Below 101 a status is the command's own, and of these 1 is success in all of them (MS-ASCMD 2.2.3.177). */
function commandStatus(command: string, status: number): string {
  if (status === 1) return `${command} 1 Success`;
  return status < 101 ? `${command} ${status}` : `${command} ${status} ${describeStatus('Common', status).name}`;
}
