import { type HttpHeaders, header } from '../http/index.js';

/** The cookies of a server, which a client echoes from 16.0 on and with OAuth (MS-ASHTTP 2.2.1.1.2). */
export interface CookieJar {
  /** The Cookie header for a request to an endpoint; none where there is nothing to echo. */
  headersFor(endpoint: string): HttpHeaders;
  /** Keeps what an answer of an endpoint sets, and forgets what it lets expire. @param now milliseconds since 1970. */
  keep(endpoint: string, headers: HttpHeaders, now: number): void;
}

/**
 * Cookies go back to the origin they came from, and to no other. All requests have one path, so that Path does not
 * matter. Beyond 50 cookies of 4096 characters nothing is kept (RFC 6265 6.1).
 */
export function createCookieJar(): CookieJar {
  /** Of each origin, by name, as it is sent. */
  const origins = new Map<string, Map<string, string>>();

  function cookiesOf(endpoint: string) {
    const { origin } = new URL(endpoint);
    const known = origins.get(origin) ?? new Map<string, string>();
    origins.set(origin, known);
    return known;
  }

  return {
    headersFor(endpoint) {
      const cookies = cookiesOf(endpoint);
      return cookies.size > 0 ? { Cookie: [...cookies.values()].join('; ') } : {};
    },

    keep(endpoint, headers, now) {
      const cookies = cookiesOf(endpoint);
      for (const text of (header(headers, 'Set-Cookie') ?? '').split(betweenCookies)) {
        const pair = firstPair.exec(text)?.[1];
        if (pair === undefined || text.length > MAX_LENGTH) continue;
        const name = pair.slice(0, pair.indexOf('='));
        if (isExpired(text, now)) cookies.delete(name);
        else if (cookies.has(name) || cookies.size < MAX_COOKIES) cookies.set(name, pair);
      }
    },
  };
}

function isExpired(cookie: string, now: number): boolean {
  const maxAge = /;\s*max-age=(-?\d+)/i.exec(cookie)?.[1];
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = /;\s*expires=([^;]+)/i.exec(cookie)?.[1];
  return expires !== undefined && Date.parse(expires) <= now;
}

/** A comma with a new name behind it; the one in a date has none (RFC 6265 4.1.1). */
const betweenCookies = /,(?=\s*[!#$%&'*+.^_`|~\w-]+=)/;
/** Name and value as RFC 6265 4.1.1 allows them. */
const firstPair = /^\s*([!#$%&'*+.^_`|~\w-]+="?[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*"?)\s*(?:;|$)/;
const MAX_LENGTH = 4096;
const MAX_COOKIES = 50;
