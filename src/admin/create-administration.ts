import { type HttpRequest, type HttpResponse, header } from '../http/index.js';
import type { DeviceAdministration } from '../server/administration.js';
import { refusal } from './answer.js';
import { answerTo } from './answer-to.js';
import { isLoopback } from './loopback.js';
import { type PolicySource, SourceFailed } from './sources.js';
import { MAX_URL_LENGTH, readAdministrationTarget } from './target.js';
import { type TokenCheck, tokenCheck } from './token.js';

/** What the administration is made of; all but the last two are required. */
export interface AdministrationOptions {
  /** The devices, as `createProvisioningServer(…).devices` gives them. */
  readonly devices: DeviceAdministration;
  /** The policy that the server's `policyFor` hands out. */
  readonly policy: PolicySource;
  /** The bearer token that every request has to carry: 1 to 512 visible ASCII characters, better 32 or more by chance. */
  readonly token: string;
  /** Milliseconds since 1970; the platform's clock when absent. */
  clock?(): number;
  /**
   * Whether a request for another host than the loopback's own names is refused with 421, so that no web page can
   * come in by a name of its own that resolves to the loopback; false when absent.
   */
  readonly loopbackOnly?: boolean;
}

/** The administration over HTTP, without sockets: requests in, answers out, as plain data. */
export interface Administration {
  /** Answers one request; never rejects. Mount it with `toNodeListener` or `toFetch`, on a port of its own. */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** The answer to a request whose body a mount did not take in: too long, or too slow. */
  refuse(request: Pick<HttpRequest, 'method'>, reason: 'BodyTooLarge' | 'BodyTooSlow'): HttpResponse;
  /** The longest body it reads, in bytes: what a mount has to enforce while streaming. */
  readonly maxBody: number;
}

/**
 * The devices and the policy of a server, over HTTP and in JSON, for whoever has the token.
 *
 * @throws TypeError for an option that can not be meant.
 */
export function createAdministration(options: AdministrationOptions): Administration {
  for (const name of ['devices', 'policy'] as const) {
    if (typeof options[name] !== 'object' || options[name] === null) throw new TypeError(`${name}: expected an object`);
  }
  const isRight = tokenCheck(options.token);
  return {
    maxBody: MAX_BODY,
    refuse: (_request, reason) => refusal(reason),
    async handle(request) {
      try {
        return await gated(request, options, isRight);
      } catch (error) {
        return error instanceof SourceFailed ? error.answer : refusal('Failed');
      }
    },
  };
}

/** Nothing is looked at before the token, and nothing is asked of anyone before the request is known to be ours. */
async function gated(request: HttpRequest, options: AdministrationOptions, isRight: TokenCheck): Promise<HttpResponse> {
  if (!(await isRight(request.headers))) return refusal('Unauthorized', undefined, { 'WWW-Authenticate': 'Bearer' });
  if (request.url.length > MAX_URL_LENGTH) return refusal('PathTooLong');
  const target = readAdministrationTarget(request.url);
  if (options.loopbackOnly) {
    const host = header(request.headers, 'Host');
    if (host === null || !isLoopback(host) || !isLoopback(target.authority ?? host)) return refusal('ForeignHost');
  }
  if (request.body.length > MAX_BODY) return refusal('BodyTooLarge');
  const { devices, policy, clock = Date.now } = options;
  return answerTo(request, target, { devices, policy, now: clock() });
}

/** Bytes. The longest policy that anyone would write has a tenth of that. */
const MAX_BODY = 64 * 1024;
