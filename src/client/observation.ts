import type { ExchangeFault, ProvisioningState } from '../../machines/index.js';
import { provisionResponse } from '../codec/index.js';
import { type HttpHeaders, type HttpRequest, type HttpResponse, isSuccess } from '../http/index.js';
import type { CommandName } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import type { Problem } from '../protocol/problem.js';
import type { Coder } from '../protocol/result.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { HttpAttempt } from './attempt.js';
import { commandStatus } from './interpret-command.js';

/** One HTTP exchange, for logs. It holds no credentials and no cookies; bodies may hold anything the user has. */
export interface Observation {
  /** Counts the exchanges of this client, from 1. */
  readonly n: number;
  readonly command: CommandName | 'OPTIONS';
  /** The key it was sent under; `null` for a request that carries none. */
  readonly policyKey: PolicyKey | null;
  readonly url: string;
  /** `null` before one is agreed on. */
  readonly protocolVersion: ProtocolVersion | null;
  /** `null` where no answer came. */
  readonly httpStatus: number | null;
  readonly statuses: ObservedStatuses;
  /** Why no answer came. */
  readonly fault: ExchangeFault | null;
  /** Why a body that came with success cannot be read. */
  readonly problem: Problem | null;
  /** The body sent. */
  readonly request: Uint8Array;
  /** The body received. */
  readonly response: Uint8Array;
  readonly requestHeaders: HttpHeaders;
  readonly responseHeaders: HttpHeaders;
  /** The state after the fact that the answer told. */
  readonly state: ProvisioningState<'client'>;
}

/** The statuses in the body, by where they stand; absent where it has none there. */
export interface ObservedStatuses {
  readonly provision?: number;
  /** Of the first Policy. */
  readonly policy?: number;
  readonly deviceInformation?: number;
  /** Of any other command. */
  readonly command?: number;
}

/** What is to be told of an exchange. */
export function observationOf(
  { command, policyKey, protocolVersion, request, answer }: HttpAttempt,
  n: number,
  state: ProvisioningState<'client'>,
  wbxml: Pick<Coder<Element, Uint8Array>, 'decode'>,
): Observation {
  const response = answer.ok ? answer.value : null;
  return {
    n,
    command,
    policyKey,
    url: request.url,
    protocolVersion,
    httpStatus: response?.status ?? null,
    fault: answer.ok ? null : answer.error,
    ...readBody(command, response, wbxml),
    request: request.body,
    response: response?.body ?? new Uint8Array(),
    requestHeaders: withoutSecrets(request),
    responseHeaders: response ? withoutSecrets(response) : {},
    state,
  };
}

function readBody(
  command: Observation['command'],
  response: HttpResponse | null,
  wbxml: Pick<Coder<Element, Uint8Array>, 'decode'>,
): Pick<Observation, 'statuses' | 'problem'> {
  if (!response?.body.length) return { statuses: {}, problem: null };
  const problemOf = (problem: Problem) => (isSuccess(response.status) ? problem : null);
  if (command === 'Provision') {
    const message = provisionResponse.decode(response.body);
    if (!message.ok) return { statuses: {}, problem: problemOf(message.error) };
    const { status, policies, deviceInformationStatus } = message.value;
    const policy = policies?.[0]?.status;
    return {
      statuses: known({ provision: status, policy, deviceInformation: deviceInformationStatus }),
      problem: null,
    };
  }
  const document = wbxml.decode(response.body);
  if (!document.ok) return { statuses: {}, problem: problemOf(document.error) };
  return { statuses: known({ command: commandStatus(document.value) ?? undefined }), problem: null };
}

function known(statuses: Readonly<Record<string, number | undefined>>): ObservedStatuses {
  return Object.fromEntries(Object.entries(statuses).filter(([, status]) => Number.isSafeInteger(status)));
}

function withoutSecrets({ headers }: Pick<HttpRequest, 'headers'>): HttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secretHeaders.has(name.toLowerCase())));
}

const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'set-cookie']);
