/** A device and a server, both as they ship, on a wire that does what the test wants; time passes only when told to. */
import {
  createProvisioningClient,
  type ProvisioningClient,
  type ProvisioningClientOptions,
} from '../../src/client/index.js';
import type { HttpRequest, HttpResponse } from '../../src/http/index.js';
import type { ServerOptions } from '../../src/server/index.js';
import { credentials } from './device.js';
import { type ServerUnderTest, serverUnderTest } from './server.js';

/** What becomes of one HTTP exchange. */
export type Fate = 'delivered' | 'request lost' | 'response lost';

export interface Link {
  readonly under: ServerUnderTest;
  /** The device; `restart` replaces it. */
  client: ProvisioningClient;
  /** The fates of the exchanges to come, in order; then all are delivered. */
  readonly fates: Fate[];
  /** Answers in the server's place where it gives one. */
  instead: ((request: HttpRequest) => HttpResponse | null) | null;
  readonly exchanges: { readonly request: HttpRequest; readonly response: HttpResponse; readonly fate: Fate }[];
  /** A new process on the device, with what the old one stored. */
  restart(): void;
  /** Called before each request is looked at. */
  before: () => void | Promise<void>;
}

export function createLink(
  options: Partial<ProvisioningClientOptions> = {},
  serverOptions: Partial<ServerOptions> = {},
): Link {
  const under = serverUnderTest(serverOptions);
  let stored: string | null = null;
  const start = () =>
    createProvisioningClient({
      url: 'http://eas.example.test',
      user: credentials.user,
      password: credentials.password,
      device: { id: 'DEVICE0001', type: 'SP' },
      protocolVersion: '14.1',
      applyPolicy: () => 1,
      clock: {
        now: () => under.now,
        sleep(milliseconds, signal) {
          // Requests do not take time here, so their time never runs out.
          if (milliseconds === TIMEOUT) return new Promise((done) => signal?.addEventListener('abort', () => done()));
          under.now += milliseconds;
          return Promise.resolve();
        },
      },
      timeout: TIMEOUT,
      random: () => 1,
      store: {
        load: () => stored,
        save(data) {
          stored = data;
        },
      },
      async transport(url, { method, headers, body }) {
        await link.before();
        const fate = link.fates.shift() ?? 'delivered';
        const request = { method, url, headers, body: body ?? new Uint8Array() };
        const lost = new TypeError('the connection broke');
        if (fate === 'request lost') {
          link.exchanges.push({ request, response: { status: 0, headers: {}, body: new Uint8Array() }, fate });
          throw lost;
        }
        const response = link.instead?.(request) ?? (await under.server.handle(request));
        link.exchanges.push({ request, response, fate });
        if (fate === 'response lost') throw lost;
        return new Response(response.body.length > 0 ? Uint8Array.from(response.body) : null, {
          status: response.status,
          headers: { ...response.headers },
        });
      },
      ...options,
    });
  const link: Link = {
    under,
    client: start(),
    fates: [],
    instead: null,
    exchanges: [],
    restart: () => {
      link.client = start();
    },
    before: () => {},
  };
  return link;
}

const TIMEOUT = 30_001;
