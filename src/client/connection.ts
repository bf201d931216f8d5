import type { ExchangeFault } from '../../machines/index.js';
import {
  type CommandDraft,
  composeOptions,
  composeRequest,
  type HttpRequest,
  type HttpResponse,
  httpStatus,
  readOffer,
  redirectLocation,
} from '../http/index.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isAtLeast, negotiateVersion, type ProtocolVersion, versions } from '../protocol/version.js';
import type { HttpAttempt } from './attempt.js';
import { createCookieJar } from './cookies.js';
import { isCredentials } from './credentials.js';
import { endpointOf } from './endpoint.js';
import { ask, HostFailure } from './host-failure.js';
import type { Settings } from './options.js';
import type { ClientFailure } from './outcome.js';
import { transmit, within } from './transmit.js';

/** The way to one server: where it is, which version it speaks, who we are. */
export interface Connection {
  /** The version agreed on, `null` before. */
  version(): ProtocolVersion | null;
  /**
   * Sends what `draft` gives for the version agreed on. Never rejects, and settles within the timeout, once more that
   * where the version is still to be asked for. `handedOver` is called when the transport has the request.
   */
  send(
    draft: (version: ProtocolVersion) => Result<CommandDraft>,
    calledOff: AbortSignal,
    handedOver?: () => void,
  ): Promise<Sent>;
}

/** What came of sending; `attempt` is the last HTTP exchange, `null` where it did not come to one of its own. */
export interface Sent {
  readonly result: Result<HttpResponse, SendFailure>;
  readonly attempt: HttpAttempt | null;
}

export type SendFailure = Extract<ClientFailure, { kind: 'ExchangeFailed' | 'HostFailed' | 'Unsendable' }>;

/** @param seen is told of the exchanges that no caller hears of: OPTIONS and redirections. */
export function createConnection(settings: Settings, seen: (attempt: HttpAttempt) => void): Connection {
  const { clock, timeout, transport, responseLimit } = settings;
  const cookies = createCookieJar();
  let { endpoint, protocolVersion: version } = settings;
  let negotiation: Promise<Result<ProtocolVersion, Sent>> | null = null;

  async function negotiate(): Promise<Result<ProtocolVersion, Sent>> {
    const about = { command: 'OPTIONS', policyKey: null, protocolVersion: null } as const;
    const { result, attempt } = await follow(about, (url) => ok(composeOptions(url)), neverCalledOff);
    if (attempt) seen(attempt);
    if (!result.ok || isFinal(result.value)) return err({ result, attempt: null });
    version = negotiateVersion(readOffer(result.value.headers).versions.join(), spoken) ?? settings.fallbackVersion;
    return ok(version);
  }

  /** Goes where a 451 points, there and for all requests to come (MS-ASHTTP 3.1.5.2.2). */
  async function follow(
    about: Pick<HttpAttempt, 'command' | 'policyKey' | 'protocolVersion'>,
    requestTo: (endpoint: string) => Result<HttpRequest>,
    calledOff: AbortSignal,
    handedOver?: () => void,
  ): Promise<Sent> {
    const last: { request: HttpRequest | null } = { request: null };
    try {
      const sent = await within(timeout, clock, calledOff, async (signal): Promise<Sent> => {
        for (let hops = 0; ; hops++) {
          const composed = requestTo(endpoint);
          if (!composed.ok) return { result: err({ kind: 'Unsendable', problem: composed.error }), attempt: null };
          const target = endpoint;
          const { headers: own } = composed.value;
          const headers = {
            ...own,
            'User-Agent': settings.userAgent,
            ...cookies.headersFor(target),
            ...(await credentials()),
          };
          const request = { ...composed.value, headers };
          last.request = request;
          const answer = await transmit(transport, request, responseLimit, signal, handedOver);
          if (answer.ok) cookies.keep(target, answer.value.headers, await ask('clock', () => clock.now()));
          const attempt = { ...about, request, answer };
          const next = answer.ok && hops < MAX_HOPS && !signal.aborted ? redirection(answer.value) : null;
          if (next === null) return { result: answer.ok ? answer : noAnswer(answer.error), attempt };
          seen(attempt);
          endpoint = next;
        }
      });
      if (typeof sent !== 'string') return sent;
      const attempt = last.request && { ...about, request: last.request, answer: err(sent) };
      return { result: noAnswer(sent), attempt };
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure;
      return { result: err({ kind: 'HostFailed', port: failure.port, cause: failure.cause }), attempt: null };
    }
  }

  async function credentials(): Promise<Readonly<Record<string, string>>> {
    const { authorization } = settings;
    if (authorization === null) return {};
    const value = await ask('authorization', authorization);
    if (!isCredentials(value)) throw new HostFailure('authorization', new TypeError('not a header value'));
    return { Authorization: value };
  }

  const spoken = versions.filter((known) => settings.queryForm === 'plain' || isAtLeast(known, '12.1'));

  return {
    version: () => version,

    async send(draftOf, calledOff, handedOver) {
      if (version === null) {
        negotiation ??= negotiate().finally(() => {
          negotiation = null;
        });
        const negotiated = await negotiation;
        if (!negotiated.ok) return negotiated.error;
      }
      const protocolVersion = version ?? settings.fallbackVersion;
      const draft = draftOf(protocolVersion);
      if (!draft.ok) return { result: err({ kind: 'Unsendable', problem: draft.error }), attempt: null };
      const { command, policyKey } = draft.value;
      return follow(
        { command, policyKey, protocolVersion },
        (url) => composeRequest(url, draft.value),
        calledOff,
        handedOver,
      );
    },
  };
}

function noAnswer(fault: ExchangeFault) {
  return err({ kind: 'ExchangeFailed', fault } as const);
}

/** An answer to OPTIONS that leaves no sense in going on: who we are is not accepted, or the server has no time. */
function isFinal({ status }: HttpResponse): boolean {
  const { retry, move } = httpStatus(status);
  return retry === 'afterLogin' || move === 'wait';
}

function redirection({ status, headers }: HttpResponse): string | null {
  const location = status === 451 ? redirectLocation(headers) : null;
  return location === null ? null : endpointOf(location);
}

const MAX_HOPS = 3;
const neverCalledOff = new AbortController().signal;
