import type { ExchangeFault } from '../../machines/index.js';
import {
  type CommandDraft,
  composeOptions,
  composeRequest,
  type HttpRequest,
  type HttpResponse,
  httpStatus,
  readOffer,
} from '../http/index.js';
import { err, ok, type Result } from '../protocol/result.js';
import { isAtLeast, negotiateVersion, type ProtocolVersion, versions } from '../protocol/version.js';
import type { Agreement } from './agreement.js';
import type { HttpAttempt } from './attempt.js';
import { createCookieJar } from './cookies.js';
import { isCredentials } from './credentials.js';
import type { QueryForm } from './draft.js';
import { ask, failureOf, HostFailure } from './host-failure.js';
import type { ClientFailure } from './outcome.js';
import type { Settings } from './settings.js';
import { transmit, within } from './transmit.js';
import type { ClientWarning } from './warning.js';
import { createWhereabouts } from './whereabouts.js';

/** The way to one server: where it is, which version it speaks, who we are. */
export interface Connection {
  /** The version agreed on, `null` before. */
  version(): ProtocolVersion | null;
  /**
   * Sends what `draft` gives for the version agreed on and the query form of the device. Never rejects, and settles
   * within the timeout, once more that where the version is still to be asked for.
   *
   * @param handedOver is called when the transport has the request, which then waits for nothing that is known from
   * before: neither for the version nor for credentials.
   */
  send(draft: Draft, calledOff: AbortSignal, handedOver?: () => void): Promise<Sent>;
}

/** What is to be sent, in a version and a form. */
export type Draft = (version: ProtocolVersion, form: QueryForm) => Result<CommandDraft>;

/** What came of sending; `attempt` is the last HTTP exchange, `null` where it did not come to one of its own. */
export interface Sent {
  readonly result: Result<HttpResponse, SendFailure>;
  readonly attempt: HttpAttempt | null;
}

/** Why nothing came of sending. */
export type SendFailure = Extract<
  ClientFailure,
  { kind: 'ExchangeFailed' | 'HostFailed' | 'ForeignState' | 'Unsendable' }
>;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly settings: Settings;
  readonly agreement: Pick<Agreement, 'memory' | 'note' | 'noteAtOnce'>;
  readonly warn: (warning: ClientWarning) => void;
  /** Is told of the exchanges that no caller hears of: OPTIONS and redirections. */
  readonly seen: (attempt: HttpAttempt) => void;
}

export function createConnection({ settings, agreement, warn, seen }: ConnectionParts): Connection {
  const { clock, timeout, transport, responseLimit } = settings;
  const cookies = createCookieJar();
  const whereabouts = createWhereabouts(settings, agreement, warn);
  let { protocolVersion: version } = settings;
  let negotiation: Promise<Result<ProtocolVersion, Sent>> | null = null;
  let lastCredentials: Credentials | null = null;

  async function negotiate(): Promise<Result<ProtocolVersion, Sent>> {
    const about = { command: 'OPTIONS', policyKey: null, protocolVersion: null } as const;
    const { result, attempt } = await follow(about, (url) => ok(composeOptions(url)), neverCalledOff);
    if (attempt) seen(attempt);
    if (!result.ok || isFinal(result.value)) return err({ result, attempt: null });
    const { queryForm } = await agreement.memory();
    const spoken = versions.filter((known) => queryForm === 'plain' || isAtLeast(known, '12.1'));
    version = negotiateVersion(readOffer(result.value.headers).versions.join(), spoken) ?? settings.fallbackVersion;
    await agreement.note({ protocolVersion: version });
    return ok(version);
  }

  /** Goes where a 451 points, as far as it may (MS-ASHTTP 3.1.5.2.2). */
  async function follow(
    about: Pick<HttpAttempt, 'command' | 'policyKey' | 'protocolVersion'>,
    requestTo: (endpoint: string) => Result<HttpRequest>,
    calledOff: AbortSignal,
    handedOver?: () => void,
  ): Promise<Sent> {
    const last: { request: HttpRequest | null; target: string } = { request: null, target: '' };
    const sent = await within(timeout, clock, calledOff, async (signal): Promise<Sent> => {
      last.target = await whereabouts.endpoint();
      for (let hops = 0; ; hops++) {
        const { target } = last;
        const composed = requestTo(target);
        if (!composed.ok) return { result: err({ kind: 'Unsendable', problem: composed.error }), attempt: null };
        const { headers: own } = composed.value;
        const authorization = (handedOver && lastCredentials) ?? (await credentials());
        const headers = { ...own, 'User-Agent': settings.userAgent, ...cookies.headersFor(target), ...authorization };
        const request = { ...composed.value, headers };
        last.request = request;
        const answer = await transmit(transport, request, responseLimit, signal, handedOver);
        const attempt = { ...about, request, answer };
        if (signal.aborted) return { result: noAnswer('Aborted'), attempt };
        if (!answer.ok) {
          whereabouts.silent(target);
          return { result: noAnswer(answer.error), attempt };
        }
        cookies.keep(target, answer.value.headers, await ask('clock', () => clock.now()));
        const next = await whereabouts.next(answer.value, target, hops);
        if (next === null) {
          await whereabouts.answered(target, answer.value.status);
          return { result: answer, attempt };
        }
        seen(attempt);
        last.target = next;
      }
    });
    if (typeof sent !== 'string') return sent;
    if (sent === 'Timeout') whereabouts.silent(last.target);
    const attempt = last.request && { ...about, request: last.request, answer: err(sent) };
    return { result: noAnswer(sent), attempt };
  }

  async function credentials(): Promise<Credentials> {
    const { authorization } = settings;
    if (authorization === null) return {};
    const value = await ask('authorization', authorization);
    if (!isCredentials(value)) throw new HostFailure('authorization', new TypeError('not a header value'));
    lastCredentials = { Authorization: value };
    return lastCredentials;
  }

  async function send(draftOf: Draft, calledOff: AbortSignal, handedOver?: () => void): Promise<Sent> {
    const known = version ?? (handedOver ? (await agreement.memory()).protocolVersion : null);
    if (known === null && !handedOver) {
      negotiation ??= negotiate().finally(() => {
        negotiation = null;
      });
      const negotiated = await negotiation;
      if (!negotiated.ok) return negotiated.error;
    }
    const protocolVersion = known ?? version ?? settings.fallbackVersion;
    const { queryForm } = await agreement.memory();
    const draft = draftOf(protocolVersion, queryForm);
    if (!draft.ok) return { result: err({ kind: 'Unsendable', problem: draft.error }), attempt: null };
    const { command, policyKey } = draft.value;
    const about = { command, policyKey, protocolVersion };
    return follow(about, (url) => composeRequest(url, draft.value), calledOff, handedOver);
  }

  return {
    version: () => version,

    async send(...args) {
      try {
        return await send(...args);
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure === null) throw thrown;
        return { result: err(failure), attempt: null };
      }
    },
  };
}

type Credentials = Readonly<Record<string, string>>;

function noAnswer(fault: ExchangeFault) {
  return err({ kind: 'ExchangeFailed', fault } as const);
}

/** An answer to OPTIONS that leaves no sense in going on: who we are is not accepted, or the server has no time. */
function isFinal({ status }: HttpResponse): boolean {
  const { retry, move } = httpStatus(status);
  return retry === 'afterLogin' || move === 'wait';
}

const neverCalledOff = new AbortController().signal;
