import { type ServerReason, serverReasons } from '../server/reasons.js';

/** Why the administration refuses, and with which HTTP status: one row each. */
export const administrationProblems = {
  Unauthorized: { status: 401, meaning: 'No bearer token, or another than the right one.' },
  ForeignHost: { status: 421, meaning: 'The request is for another host than this one’s loopback.' },
  UnknownPath: { status: 404, meaning: 'No such path.' },
  PathTooLong: { status: 414, meaning: 'The path and query are longer than 8192 characters.' },
  WrongMethod: { status: 405, meaning: 'Not a method of this path; Allow names those that are.' },
  BadQuery: {
    status: 400,
    meaning: 'A query parameter that this path does not have, that comes twice or is no value of its own.',
  },
  BodyTooLarge: { status: 413, meaning: serverReasons.BodyTooLarge.meaning },
  BodyTooSlow: { status: 408, meaning: serverReasons.BodyTooSlow.meaning },
  UnexpectedBody: { status: 400, meaning: 'A body where none belongs.' },
  NotJson: { status: 415, meaning: 'The body is not announced as application/json.' },
  BadBody: { status: 400, meaning: 'The body is not JSON in UTF-8, or not of the shape that belongs here.' },
  UnknownDevice: { status: 404, meaning: 'Nothing is stored of this device.' },
  NoWipeOrdered: { status: 409, meaning: 'No wipe is ordered that could be taken back.' },
  NotShutOut: { status: 409, meaning: 'The device did not complete a wipe, so it is not shut out.' },
  NotListable: { status: 501, meaning: 'The store can not tell which devices there are.' },
  StoreFailed: { status: 503, meaning: serverReasons.StoreFailed.meaning },
  LostRace: { status: 503, meaning: serverReasons.LostRace.meaning },
  PolicySourceFailed: { status: 503, meaning: 'The policy could not be read or written.' },
  Failed: { status: 500, meaning: 'The administration failed; this is a fault of ours.' },
} as const satisfies Record<string, AdministrationProblemRow>;

/** What a problem is in HTTP, and in words. */
export interface AdministrationProblemRow {
  readonly status: number;
  readonly meaning: string;
}

/** The codes of the problems that the administration has of its own. */
export type AdministrationProblem = keyof typeof administrationProblems;

/**
 * What an order that was not stored comes to, by the error it rejected with: the reason of the server's that its
 * message or name is, and otherwise the store's fault.
 */
export function problemOfOrder(error: unknown): { readonly code: string } & AdministrationProblemRow {
  const reason = error instanceof Error ? [error.message, error.name].find(isReason) : undefined;
  if (reason === undefined) return { code: 'StoreFailed', ...administrationProblems.StoreFailed };
  const { http, meaning } = serverReasons[reason];
  return { code: reason, status: http === 503 ? 503 : 409, meaning };
}

function isReason(text: string): text is ServerReason {
  return Object.hasOwn(serverReasons, text);
}
