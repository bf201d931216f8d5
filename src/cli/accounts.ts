import { createHash, timingSafeEqual } from 'node:crypto';
import type { BasicCredentials } from '../http/index.js';
import { UsageError } from './exit-code.js';

/** An account of the reference server. */
export interface Account {
  readonly user: string;
  readonly password: string;
}

/**
 * Accounts written `NAME:PASSWORD`; the name ends at the first colon, as in Basic (RFC 7617 section 2).
 *
 * @throws UsageError, which never shows what was written: it may be a password.
 */
export function accountsOf(texts: readonly string[]): readonly Account[] {
  const accounts = texts.map((text) => {
    const [, user, password] = /^([^:]+):(.+)$/s.exec(text) ?? [];
    if (!user || !password) throw new UsageError('--user: expected NAME:PASSWORD');
    return { user, password };
  });
  if (new Set(accounts.map(({ user }) => user)).size < accounts.length) {
    throw new UsageError('--user: a name comes twice');
  }
  return accounts;
}

/**
 * Whose credentials these are, or null for nobody's. Every account is compared, and over digests of one length, so that
 * the time tells neither which users there are nor how much of a password is right.
 */
export function accountChecker(accounts: readonly Account[]): (basic: BasicCredentials | null) => string | null {
  const known = accounts.map(({ user, password }) => ({ user, digest: digestOf(user, password) }));
  return (basic) => {
    const presented = digestOf(basic?.user ?? '', basic?.password ?? '');
    const matches = known.filter(({ digest }) => timingSafeEqual(digest, presented));
    return matches[0]?.user ?? null;
  };
}

/** A name holds no colon, so the two can not be mistaken for two others. */
function digestOf(user: string, password: string): Buffer {
  return createHash('sha256').update(`${user}:${password}`).digest();
}
