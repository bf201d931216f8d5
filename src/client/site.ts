/** Which endpoints may stand in for each other, and where a redirection may lead. */
import { type HttpHeaders, header, redirectLocation } from '../http/index.js';
import { endpointOf } from './endpoint.js';

/**
 * The endpoint that the X-MS-Location of a 451 names: https, or http from one place on the loopback to another. `null`
 * where it names none (MS-ASHTTP 3.1.5.2.2).
 */
export function movedTo(headers: HttpHeaders, endpoint: string): string | null {
  const secure = redirectLocation(headers);
  if (secure !== null) return endpointOf(secure);
  const [location = ''] = (header(headers, 'X-MS-Location') ?? '').split(/[?#]/, 1);
  const target = location.length <= MAX_LENGTH ? endpointOf(location) : null;
  return target !== null && isLoopback(endpoint) && isLoopback(target) ? target : null;
}

/**
 * Whether two endpoints are of one site: the same host, one below it, or two under a common domain. No list of public
 * suffixes is asked: under a country's domain, a label of at most four letters (`co.uk`, `asso.fr`) is taken for one.
 */
export function isSameSite(one: string, other: string): boolean {
  const [host, otherHost] = [hostOf(one), hostOf(other)];
  if (host === otherHost || (isLoopback(one) && isLoopback(other))) return true;
  if (isAddress(host) || isAddress(otherHost)) return false;
  const [labels, others] = [host.split('.').reverse(), otherHost.split('.').reverse()];
  const [top = '', second = ''] = labels;
  const needed = top.length === 2 && second.length <= 4 ? 3 : 2;
  return labels.slice(0, needed).every((label, at) => label === others[at]);
}

/** Whether an endpoint is on this machine. */
export function isLoopback(endpoint: string): boolean {
  const host = hostOf(endpoint);
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** As the URL parser spells it: in lower case, every spelling of an address in its one. */
function hostOf(endpoint: string): string {
  return new URL(endpoint).hostname.replace(/\.$/, '');
}

/** Of IPv4, whose numbers are no labels; one of IPv6 is a single label. */
function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host);
}

const MAX_LENGTH = 2048;
