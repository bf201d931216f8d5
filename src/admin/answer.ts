/** What the administration answers with: JSON, kept by nobody, for no page of another origin to read. */
import type { HttpHeaders, HttpResponse } from '../http/index.js';
import { type AdministrationProblem, type AdministrationProblemRow, administrationProblems } from './problems.js';

/** Any JSON; there are no answers without a body. */
export function answer(value: unknown): HttpResponse {
  return jsonResponse(200, value, {});
}

/** A problem of the table; the message says more than its row where more is known. */
export function refusal(
  code: AdministrationProblem,
  message: string = administrationProblems[code].meaning,
  headers: HttpHeaders = {},
): HttpResponse {
  return problemResponse({ code, status: administrationProblems[code].status, meaning: message }, headers);
}

/** A problem as JSON. A failing source says when to ask again. */
export function problemResponse(
  { code, status, meaning, path }: { readonly code: string; readonly path?: string } & AdministrationProblemRow,
  headers: HttpHeaders = {},
): HttpResponse {
  const error = { code, message: meaning, ...(path !== undefined && { path }) };
  return jsonResponse(status, { error }, { ...(status === 503 && { 'Retry-After': RETRY_AFTER }), ...headers });
}

/** Seconds. */
const RETRY_AFTER = '30';

function jsonResponse(status: number, value: unknown, headers: HttpHeaders): HttpResponse {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
    body: encoder.encode(`${JSON.stringify(value)}\n`),
  };
}

const encoder = new TextEncoder();
