import { activeSyncPath } from '../http/index.js';

/** The endpoint that a URL names: http or https, without user, query and fragment; `null` where it can be none. */
export function endpointOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, search, hash, origin, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  if (username || password || search || hash) return null;
  return `${origin}${pathname === '/' ? activeSyncPath : pathname}`;
}
