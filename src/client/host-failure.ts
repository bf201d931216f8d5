import type { ClientFailure, HostPort } from './outcome.js';
import type { Awaitable } from './ports.js';
import type { Owner } from './stored-state.js';

/** A port of the host threw: carried to the end of the exchange, where it becomes an outcome. */
export class HostFailure extends Error {
  readonly port: HostPort;

  constructor(port: HostPort, cause: unknown) {
    super(`${port} failed`, { cause });
    this.port = port;
  }
}

/** The store holds the state of another client, which is neither used nor overwritten. */
export class ForeignState extends Error {
  override readonly name = 'ForeignState';
  readonly field: Owner;

  constructor(field: Owner) {
    super(`The stored state was made with another ${field}.`);
    this.field = field;
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

/** What was thrown on the way as the failure that it is; `null` for a fault of this library. */
export function failureOf(thrown: unknown): Extract<ClientFailure, { kind: 'HostFailed' | 'ForeignState' }> | null {
  if (thrown instanceof ForeignState) return { kind: 'ForeignState', field: thrown.field };
  return thrown instanceof HostFailure ? { kind: 'HostFailed', port: thrown.port, cause: thrown.cause } : null;
}
