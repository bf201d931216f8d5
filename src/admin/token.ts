import { type HttpHeaders, header } from '../http/index.js';

/** Whether a request carries the right bearer token (RFC 6750 2.1). */
export type TokenCheck = (headers: HttpHeaders) => Promise<boolean>;

/**
 * A check that takes the same time whatever is presented: digests of one length are compared, and to the end.
 *
 * @throws TypeError for a token that no header can carry: expected are 1 to 512 visible ASCII characters.
 */
export function tokenCheck(token: string): TokenCheck {
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,512}$/.test(token)) {
    throw new TypeError('token: expected 1 to 512 visible ASCII characters');
  }
  let expected: Promise<Uint8Array> | null = null;
  return async (headers) => {
    expected ??= digestOf(token);
    const presented = bearerOf(header(headers, 'Authorization') ?? '');
    const isSame = isEqual(await digestOf(presented ?? ''), await expected);
    return isSame && presented !== null;
  };
}

function bearerOf(authorization: string): string | null {
  return /^bearer +(?<token>\S+)$/i.exec(authorization)?.groups?.token ?? null;
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/** Of two digests. Every byte is looked at. */
function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}

const encoder = new TextEncoder();
