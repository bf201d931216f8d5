/** What the administration asks, with each failure made the answer that it comes to. */
import type { HttpResponse } from '../http/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { DeviceAdministration } from '../server/administration.js';
import type { Awaitable } from '../server/ports.js';
import { problemResponse, refusal } from './answer.js';
import { problemOfOrder } from './problems.js';

/** The policy that is handed out, where it can be read and replaced. A rejection is answered with 503. */
export interface PolicySource {
  read(): Awaitable<EASProvisionDoc | null>;
  /** Takes effect with the next request of a device; null for no policy. */
  write(policy: EASProvisionDoc | null): Awaitable<void>;
}

export interface AdministrationSources {
  readonly devices: DeviceAdministration;
  readonly policy: PolicySource;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A source that failed, and what is answered then. */
export class SourceFailed extends Error {
  readonly answer: HttpResponse;

  constructor(answer: HttpResponse) {
    super('SourceFailed');
    this.answer = answer;
  }
}

/** The sources of one request. */
export function watched({ devices, policy, now }: AdministrationSources): AdministrationSources {
  return {
    now,
    devices: {
      list: () => orElse(() => devices.list(), listFailure),
      read: (device) => orElse(() => devices.read(device), orderFailure),
      require: (device, reason) => orElse(() => devices.require(device, reason), orderFailure),
      wipe: (device, scope) => orElse(() => devices.wipe(device, scope), orderFailure),
      cancelWipe: (device) => orElse(() => devices.cancelWipe(device), orderFailure),
      readmit: (device) => orElse(() => devices.readmit(device), orderFailure),
      remove: (device) => orElse(() => devices.remove(device), orderFailure),
    },
    policy: {
      read: () => orElse(() => policy.read(), policyFailure),
      write: (document) => orElse(() => policy.write(document), policyFailure),
    },
  };
}

async function orElse<T>(call: () => Awaitable<T>, failure: (error: unknown) => HttpResponse): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new SourceFailed(failure(error));
  }
}

const orderFailure = (error: unknown) => problemResponse(problemOfOrder(error));
const listFailure = (error: unknown) => (error instanceof TypeError ? refusal('NotListable') : orderFailure(error));
const policyFailure = () => refusal('PolicySourceFailed');
