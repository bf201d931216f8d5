import type { HttpHeaders } from './headers.js';

/** An HTTP request as plain data: what a server is given, what a client is asked to send. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute, or path and query as in a request line. */
  readonly url: string;
  readonly headers: HttpHeaders;
  /** Empty when there is none. */
  readonly body: Uint8Array;
}

/** An HTTP response as plain data. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Empty when there is none. */
  readonly body: Uint8Array;
}

/** The path of every ActiveSync request (MS-ASHTTP 2.2.1.1.1, A-R15). */
export const activeSyncPath = '/Microsoft-Server-ActiveSync';
