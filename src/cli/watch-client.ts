import type { Transition } from '../../machines/index.js';
import type { Observation, ProvisioningClientOptions } from '../client/index.js';
import type { HttpRequest } from '../http/index.js';
import type { Asked, Teller } from './watch-teller.js';

/** What a client is to be given so that its exchanges are told of as they happen. */
export interface ClientWatch extends Required<Pick<ProvisioningClientOptions, 'observe' | 'inspect' | 'transport'>> {
  /** Nothing comes any more. */
  end(): void;
}

type Transport = ClientWatch['transport'];

/**
 * A request is told of when it is sent. A fact that is taken while an answer is awaited is what the answer told, and is
 * told of behind it.
 */
export function watchClient(teller: Teller, session: string, transport: Transport = fetch): ClientWatch {
  let awaited: readonly Asked[] = [];
  let held: readonly Transition[] = [];

  function sent(request: HttpRequest): Asked {
    const asked = teller.sent(session, request);
    awaited = [...awaited, asked];
    return asked;
  }

  function answered(asked: Asked): void {
    awaited = awaited.filter((other) => other !== asked);
    release();
  }

  function release(): void {
    for (const transition of held) teller.transition(session, transition);
    held = [];
  }

  return {
    transport(url, init) {
      const { method, headers, body } = init;
      sent({ method, url, headers, body: body ?? new Uint8Array() });
      return transport(url, init);
    },
    inspect(transition) {
      if (awaited.length > 0) held = [...held, transition];
      else teller.transition(session, transition);
    },
    observe(step) {
      const asked = awaited.find(({ request }) => isOf(step, request)) ?? sent(requestOf(step));
      const { httpStatus, fault, responseHeaders: headers, response: body } = step;
      if (httpStatus !== null) teller.answer(asked, { status: httpStatus, headers, body });
      else teller.noAnswer(asked, fault ?? 'Network');
      answered(asked);
    },
    end: release,
  };
}

function isOf({ command, url, request: body }: Observation, request: HttpRequest): boolean {
  return (
    request.url === url &&
    (request.method === 'OPTIONS') === (command === 'OPTIONS') &&
    request.body.length === body.length &&
    request.body.every((byte, at) => byte === body[at])
  );
}

/** Where the client gave up before anything was handed to the transport. */
function requestOf({ command, url, requestHeaders: headers, request: body }: Observation): HttpRequest {
  return { method: command === 'OPTIONS' ? 'OPTIONS' : 'POST', url, headers, body };
}
