/** Why an answer refuses: by the server's own word, by the HTTP status, or by the Status in the body. */
import { commandStatus } from '../client/interpret-command.js';
import { provisionResponse } from '../codec/index.js';
import { type HttpResponse, header, httpStatus, isSuccess } from '../http/index.js';
import { describeStatus, type StatusScope } from '../protocol/status.js';
import { type ServerReason, serverReasons } from '../server/reasons.js';
import { documentIn, MAX_BODY } from './body.js';
import type { RefusalExplained } from './entry.js';

/**
 * Why an answer is no success; null where it is one, or where its status is the command's own and says nothing here
 * (below 101).
 *
 * @param reason the server's own, where it is known otherwise than from `X-EAS-Provisioning-Reason`.
 */
export function refusalOf(
  command: string,
  response: HttpResponse,
  reason: ServerReason | null,
): RefusalExplained | null {
  const known = reason ?? reasonIn(response);
  if (known !== null) return explained(known, serverReasons[known]);
  const { status, body } = response;
  if (!isSuccess(status)) {
    const row = httpStatus(status);
    return explained(row.name, row);
  }
  if (body.length === 0 || body.length > MAX_BODY) return null;
  return command === 'Provision' ? inProvision(body) : inCommand(body);
}

function reasonIn({ headers }: HttpResponse): ServerReason | null {
  const name = header(headers, 'X-EAS-Provisioning-Reason');
  return name !== null && isServerReason(name) ? name : null;
}

function isServerReason(name: string): name is ServerReason {
  return Object.hasOwn(serverReasons, name);
}

function inProvision(body: Uint8Array): RefusalExplained | null {
  const message = provisionResponse.decode(body);
  if (!message.ok) return null;
  const { status = 1, policies = [] } = message.value;
  if (status !== 1) return byStatus('Provision', status);
  const refused = policies.find((policy) => policy.status !== undefined && !isFine(policy.status));
  return refused?.status === undefined ? null : byStatus('Policy', refused.status);
}

/** Policy Status 2 is no refusal: there is nothing to be enforced (MS-ASPROV 2.2.2.54.1). */
function isFine(status: number): boolean {
  return status === 1 || status === 2;
}

function inCommand(body: Uint8Array): RefusalExplained | null {
  const status = commandStatus(documentIn(body));
  return status === null || status < FIRST_COMMON_CODE ? null : byStatus('Common', status);
}

function byStatus(scope: StatusScope, status: number): RefusalExplained {
  const row = describeStatus(scope, status);
  return explained(row.name, row);
}

function explained(name: string, { meaning, move }: Omit<RefusalExplained, 'name'>): RefusalExplained {
  return { name, meaning, move };
}

/** MS-ASCMD 2.2.2. */
const FIRST_COMMON_CODE = 101;
