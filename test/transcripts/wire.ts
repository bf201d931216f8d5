/** Recorded and answered messages in the words of the tables. */
import { provisionResponse } from '../../src/codec/index.js';
import { type HttpRequest, type HttpResponse, readOffer } from '../../src/http/index.js';
import { isProtocolVersion } from '../../src/protocol/version.js';
import { linesOf } from '../exchange/trace.js';
import { type Exchange, exchanges } from '../support/transcripts.js';

export interface Recorded {
  readonly seq: number;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

/** The exchanges of a transcript, in the order in which they were recorded. */
export function recorded(file: string): readonly Recorded[] {
  return exchanges.filter((exchange) => exchange.file === file).map(messagesOf);
}

/** `FolderSync key=0`; `OPTIONS`. */
export function asked(request: HttpRequest): string {
  if (request.method !== 'POST') return request.method;
  const [line = ''] = linesOf({ request, response: unanswered, fate: 'request lost' });
  return line.slice('x> '.length);
}

/** `200 DeviceInformation 1, Provision 1, Policy 1, key 100, policy`; of OPTIONS, the versions that we know too. */
export function answered(request: HttpRequest, response: HttpResponse): string {
  const { status, headers, body } = response;
  if (request.method !== 'POST') {
    const versions = status === 200 ? readOffer(headers).versions.filter(isProtocolVersion) : [];
    return [status, ...versions].join(' ');
  }
  const [, line = ''] = linesOf({ request, response, fate: 'delivered' });
  const words = line.slice('< '.length);
  const message = provisionResponse.decode(body);
  const described = message.ok ? message.value.deviceInformationStatus : undefined;
  return described === undefined ? words : words.replace(' ', ` DeviceInformation ${described}, `);
}

/** The key in a Provision answer, if it is one and has one. */
export function keyGivenIn({ body }: HttpResponse): string | null {
  const message = provisionResponse.decode(body);
  return (message.ok && message.value.policies?.[0]?.policyKey) || null;
}

export const unanswered: HttpResponse = { status: 0, headers: {}, body: new Uint8Array() };

function messagesOf({ seq, request, response }: Exchange): Recorded {
  const [method = '', url = ''] = request.line.split(' ');
  return {
    seq,
    request: { method, url, headers: Object.fromEntries(request.headers), body: request.body },
    response: { status: response.status, headers: Object.fromEntries(response.headers), body: response.body },
  };
}
