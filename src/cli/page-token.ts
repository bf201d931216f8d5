import { randomBytes } from 'node:crypto';
import { type TokenCheck, tokenCheck } from '../admin/token.js';

/** A token for one run: 256 bits by chance, as characters that a URL carries as they are. */
export function freshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Checks what a query carries, in the same time whatever it is. */
export function queryTokenCheck(token: string): (presented: string | null) => Promise<boolean> {
  const isRight: TokenCheck = tokenCheck(token);
  return (presented) => isRight({ Authorization: `Bearer ${presented ?? ''}` });
}
