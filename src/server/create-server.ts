import type { HttpRequest, HttpResponse } from '../http/index.js';
import { administer } from './administer.js';
import type { DeviceAdministration } from './administration.js';
import { handle, refuse } from './handle.js';
import type { Awaitable, ServerOptions } from './ports.js';
import { settingsOf } from './settings.js';

/** A server without sockets: HTTP requests in, answers out, as plain data. */
export interface ProvisioningServer {
  /**
   * Answers one request: `await` it, for the answer is there at once where no function of the host had to be waited for.
   * It neither throws nor rejects. Mount it with `toNodeListener` or `toFetch`, or call it from a gateway.
   */
  handle(request: HttpRequest): Awaitable<HttpResponse>;
  /** The answer to a request whose body a mount did not take in: too long, or too slow. */
  refuse(request: Pick<HttpRequest, 'method'>, reason: 'BodyTooLarge' | 'BodyTooSlow'): HttpResponse;
  readonly devices: DeviceAdministration;
  /** The longest body it reads, in bytes: what a mount has to enforce while streaming. */
  readonly maxBody: number;
}

/**
 * The server's side of provisioning (MS-ASPROV 3.2): authenticates, gates every command, answers Provision, and passes
 * admitted commands to the host.
 *
 * @throws TypeError for an option that can not be meant.
 */
export function createProvisioningServer(options: ServerOptions): ProvisioningServer {
  const settings = settingsOf(options);
  const { maxBody } = settings;

  return {
    maxBody,
    handle: (request) => handle(request, settings),
    refuse: (request, reason) => refuse(request, reason, settings),
    devices: administer(settings),
  };
}
