import { type Problem, problem } from '../protocol/problem.js';

/** The first of the statuses, each with its path, that cannot be sent: only natural numbers can. */
export function statusFault(
  statuses: readonly (readonly [path: string, status: number | undefined])[],
): Problem | null {
  const fault = statuses.find(([, status]) => status !== undefined && !isNatural(status));
  return fault ? problem('ERR_PROVISION_VALUE', 'Expected a status number.', { path: fault[0] }) : null;
}

function isNatural(status: number): boolean {
  return Number.isSafeInteger(status) && status >= 0;
}
