import type { HostPort } from './outcome.js';
import type { Awaitable } from './ports.js';

/** A port of the host threw: carried to the end of the exchange, where it becomes an outcome. */
export class HostFailure extends Error {
  readonly port: HostPort;

  constructor(port: HostPort, cause: unknown) {
    super(`${port} failed`, { cause });
    this.port = port;
  }
}

/** What a port answers; what it throws is a `HostFailure`. */
export async function ask<Value>(port: HostPort, question: () => Awaitable<Value>): Promise<Value> {
  try {
    return await question();
  } catch (cause) {
    throw new HostFailure(port, cause);
  }
}
