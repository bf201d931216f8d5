import type { Move } from '../protocol/problem.js';

/**
 * The HTTP statuses that ActiveSync gives a meaning (MS-ASHTTP 2.2.2.1.1, 3.1.5.2; 449 from MS-ASCMD 2.2.2). One row
 * per status.
 */
export const httpStatuses = {
  200: { name: 'OK', move: 'nobody', retry: 'never', meaning: 'Handled; the Status in the body decides.' },
  400: { name: 'BadRequest', move: 'client', retry: 'never', meaning: 'Malformed; up to 12.1 also 101, 103 and 138.' },
  401: { name: 'Unauthorized', move: 'user', retry: 'afterLogin', meaning: 'Credentials are missing or refused.' },
  403: { name: 'Forbidden', move: 'administrator', retry: 'never', meaning: 'Not enabled; up to 12.1 perhaps a wipe.' },
  404: { name: 'NotFound', move: 'caller', retry: 'never', meaning: 'Not the URL of an ActiveSync server.' },
  449: { name: 'RetryWith', move: 'client', retry: 'afterProvision', meaning: 'Provision first (up to 12.1).' },
  451: { name: 'Redirect', move: 'client', retry: 'afterRedirect', meaning: 'Another server; X-MS-Location names it.' },
  456: { name: 'Blocked', move: 'user', retry: 'never', meaning: 'The account is blocked (Autodiscover).' },
  457: { name: 'PasswordExpired', move: 'user', retry: 'never', meaning: 'The password has expired (Autodiscover).' },
  500: { name: 'ServerError', move: 'server', retry: 'later', meaning: 'A fault of the server.' },
  501: { name: 'NotImplemented', move: 'client', retry: 'never', meaning: 'An unsupported method or command.' },
  502: { name: 'BadGateway', move: 'wait', retry: 'later', meaning: 'A proxy did not reach the server.' },
  503: { name: 'Unavailable', move: 'wait', retry: 'later', meaning: 'Overload or throttling; see Retry-After.' },
  505: { name: 'VersionNotSupported', move: 'client', retry: 'never', meaning: 'An unsupported version.' },
  507: { name: 'MailboxFull', move: 'user', retry: 'never', meaning: 'The mailbox is full.' },
} as const satisfies Record<number, HttpStatusRow>;

/** What an HTTP status means, and whose move it is. */
export interface HttpStatusRow {
  readonly name: string;
  /** Whose move would mend it. */
  readonly move: Move;
  /** When the same request may be sent again. */
  readonly retry: 'never' | 'later' | 'afterLogin' | 'afterProvision' | 'afterRedirect';
  readonly meaning: string;
}

/** The HTTP statuses that have a row (MS-ASHTTP 2.2.2.1.1). */
export type HttpStatus = keyof typeof httpStatuses;

/**
 * The row of any status (MS-ASHTTP 3.1.5.2). One that has none is taken by its class; below 200 and from 300 on it is a
 * refusal.
 */
export function httpStatus(status: number): HttpStatusRow {
  if (isHttpStatus(status)) return httpStatuses[status];
  if (isSuccess(status)) return httpStatuses[200];
  return status >= 500 && status <= 599 ? httpStatuses[500] : refused;
}

/** Whether a status is 200 to 299; any other is a failure (MS-ASHTTP 3.1.5.2). */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Whether a status has a row of its own. */
export function isHttpStatus(status: number): status is HttpStatus {
  return Object.hasOwn(httpStatuses, status);
}

const refused: HttpStatusRow = {
  name: 'Refused',
  move: 'client',
  retry: 'never',
  meaning: 'Refused without a known reason.',
};
