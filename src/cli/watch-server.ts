import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpRequest } from '../http/index.js';
import type { DeviceIdentity, ProvisioningServer, ServerExchange, ServerOptions } from '../server/index.js';
import type { Asked, Teller } from './watch-teller.js';

/** What a server is to be given so that its exchanges are told of as they happen. */
export interface ServerWatch extends Required<Pick<ServerOptions, 'observe' | 'inspect'>> {
  /** The same server, of whose requests and answers is told. */
  around(server: Mountable): Mountable;
}

type Mountable = Pick<ProvisioningServer, 'handle' | 'refuse' | 'maxBody'>;

/** Each device of a user is a session of its own, called `user/device`; what nobody is known for counts as `-`. */
export function watchServer(teller: Teller): ServerWatch {
  const exchanges = new AsyncLocalStorage<Exchange>();

  /** Who sent a request is known when a fact is told, at the latest when it is observed. */
  function asked(exchange: Exchange, session: string): Asked {
    exchange.asked ??= teller.received(session, exchange.request, exchange.at);
    return exchange.asked;
  }

  const begun = (request: HttpRequest): Exchange => ({ request, at: teller.now(), seen: null, asked: null });

  return {
    inspect(device, transition) {
      const exchange = exchanges.getStore();
      const session = sessionOf(device);
      if (exchange) asked(exchange, session);
      teller.transition(session, transition);
    },
    observe(seen) {
      const exchange = exchanges.getStore();
      if (exchange) exchange.seen = seen;
    },
    around: ({ maxBody, handle, refuse }) => ({
      maxBody,
      async handle(request) {
        const exchange = begun(request);
        const response = await exchanges.run(exchange, () => handle(request));
        teller.answer(asked(exchange, sessionOf(exchange.seen)), response, exchange.seen?.reason);
        return response;
      },
      refuse(unread, reason) {
        const request = { method: unread.method, url: '', headers: {}, body: new Uint8Array() };
        const response = refuse(unread, reason);
        teller.answer(asked(begun(request), sessionOf(null)), response, reason);
        return response;
      },
    }),
  };
}

interface Exchange {
  readonly request: HttpRequest;
  /** When it came in. */
  readonly at: number;
  seen: ServerExchange | null;
  asked: Asked | null;
}

/** Letter case does not tell devices apart. */
function sessionOf(whose: DeviceIdentity | Pick<ServerExchange, 'user' | 'deviceId'> | null): string {
  return `${whose?.user ?? '-'}/${whose?.deviceId?.toLowerCase() ?? '-'}`;
}
