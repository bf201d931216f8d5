/** Asks an administration over HTTP; what it answers is not believed to be of any shape. */
import { adminTokenOf } from './admin-token.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import type { Terminal } from './terminal.js';
import { printable } from './text.js';

export interface AdministrationAccess {
  /** The URL of the administration, with or without a path before its own. */
  readonly admin: string;
  readonly adminToken?: string;
}

export interface AdministrationRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without a slash at its beginning. */
  readonly path: string;
  /** Sent as JSON; absent for none. */
  readonly body?: unknown;
}

/** What an administration answered, or how the command ends without that: it is told then already. */
export type AdministrationAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ExitCode };

/** @throws UsageError for a URL or a token that can not be meant. */
export async function askAdministration(
  { method, path, body }: AdministrationRequest,
  { admin, adminToken }: AdministrationAccess,
  terminal: Terminal,
): Promise<AdministrationAnswer> {
  const [base, token] = [baseOf(admin), adminTokenOf(adminToken, terminal)];
  const refuse = (code: ExitCode, text: string): AdministrationAnswer => {
    terminal.err(`error: ${printable(text)}\n`);
    return { ok: false, code };
  };
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL(path, base), {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // A token goes where it was meant to go and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    text = await response.text();
  } catch (error) {
    return refuse(exitCodes.Unreachable, `can not reach ${base.origin}: ${reasonOf(error)}`);
  }
  const value = parsed(text);
  if (response.ok && value !== undefined) return { ok: true, value };
  return refuse(exitCodes.Refused, response.ok ? `${base.origin} is no administration` : refusalOf(response, value));
}

/** Milliseconds. */
const TIMEOUT = 30_000;

function baseOf(admin: string): URL {
  const url = URL.canParse(admin) ? new URL(admin) : null;
  const isFine = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!isFine) throw new UsageError('--admin: expected an http or https URL, without credentials, query or fragment');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function refusalOf({ status }: Response, value: unknown): string {
  const [code, message, path] = ['code', 'message', 'path'].map((name) => member(member(value, 'error'), name));
  if (typeof code !== 'string' || typeof message !== 'string') return `HTTP ${status}`;
  return `${typeof path === 'string' ? `${path}: ` : ''}${message} (${code})`;
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it does not answer';
  const code = member(error instanceof Error ? error.cause : null, 'code');
  return typeof code === 'string' ? (failures[code] ?? code) : 'no connection';
}

const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'no such host',
  ECONNRESET: 'the connection was cut',
};

/** A member of what may be no object at all. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
