/** The server: whatever is sent in whatever order, its answers are legal and only legal requests change anything. */
import { provisionRequest, wbxml } from '../../src/codec/index.js';
import { type HttpRequest, type HttpResponse, header, isDeviceId, isWbxml, readRequest } from '../../src/http/index.js';
import { commands } from '../../src/protocol/command.js';
import { normalizePolicyKey } from '../../src/protocol/policy-key.js';
import {
  type AdmittedCommand,
  createProvisioningServer,
  type ServerExchange,
  type ServerOptions,
  type Stored,
} from '../../src/server/index.js';
import { parseRecord, recordKey } from '../../src/server/record.js';
import { policyA } from '../support/server.js';
import { simplerList } from './minimise.js';
import { madeSteps, password, type ServerStep, simplerStep, underKey } from './server-steps.js';
import { shown } from './show.js';
import type { Target } from './target.js';

/** Makes the server under test; a mutant has to be found. */
export type CreateServer = typeof createProvisioningServer;

export function serverTarget(create: CreateServer = createProvisioningServer): Target<readonly ServerStep[]> {
  return {
    name: 'server',
    make: madeSteps,
    async check(steps) {
      const world = createWorld(create);
      for (const step of steps) {
        const fault = await world.take(step);
        if (fault !== null) return fault;
      }
      return null;
    },
    simpler: (steps) => simplerList(steps, simplerStep),
    show: shown,
  };
}

/** What was seen of one request. */
interface Seen {
  request: HttpRequest;
  user: string | null;
  readonly written: (readonly [key: string, data: string])[];
  readonly carriedOut: { readonly command: AdmittedCommand; readonly record: string | null }[];
  exchange: ServerExchange | null;
}

function createWorld(create: CreateServer) {
  const rows = new Map<string, Stored>();
  let now = Date.UTC(2026, 10, 21);
  let minted = 1000;
  let policy: Extract<ServerStep, { do: 'set' }>['policy'] = policyA;
  let seen = nothingSeen();
  const options: ServerOptions = {
    authenticate({ basic }) {
      seen.user = basic?.password === password ? basic.user : null;
      return seen.user;
    },
    policyFor() {
      if (policy === 'failing') throw new Error('no policy source');
      return policy;
    },
    commands(command) {
      seen.carriedOut.push({ command, record: rows.get(recordKey(command))?.data ?? null });
      return { status: 200 };
    },
    store: {
      get: (key) => rows.get(key) ?? null,
      put(key, expected, data) {
        const version = rows.get(key)?.version ?? null;
        if (version !== expected) return false;
        seen.written.push([key, data]);
        rows.set(key, { version: (version ?? 0) + 1, data });
        return true;
      },
      remove: (key) => rows.delete(key),
    },
    mintKey: () => String(++minted),
    clock: () => now,
    observe(exchange) {
      seen.exchange = exchange;
    },
    refreshInterval: 86_400_000,
  };
  const server = create(options);

  async function take(step: ServerStep): Promise<string | null> {
    seen = nothingSeen();
    switch (step.do) {
      case 'wait':
        now += step.milliseconds;
        return null;
      case 'set':
        policy = step.policy;
        return null;
      case 'order':
        await carryOut(step.order);
        return storedFault(seen);
      case 'send': {
        seen.request = step.isUnderMintedKey ? underKey(step.request, String(minted)) : step.request;
        const response = await server.handle(seen.request);
        return (
          answerFault(response) ??
          statusFault(response, seen, policy) ??
          storedFault(seen) ??
          stateFault(seen) ??
          admissionFault(seen, policy) ??
          keyFault(seen)
        );
      }
    }
  }

  /** An order for every device that there is. */
  async function carryOut(order: Extract<ServerStep, { do: 'order' }>['order']) {
    for (const key of [...rows.keys()]) {
      const [user = '', deviceId = ''] = key.split('/');
      const device = { user: decodeURIComponent(user), deviceId };
      const { devices } = server;
      if (order === 'cancel') await devices.cancelWipe(device);
      else if (order === 'readmit') await devices.readmit(device);
      else if (order === 'remove') await devices.remove(device);
      else if (order === 'require') await devices.require(device, 'PolicyRefresh');
      else await devices.wipe(device, order);
    }
  }

  return { take };
}

function nothingSeen(): Seen {
  const request = { method: '', url: '', headers: {}, body: new Uint8Array() };
  return { request, user: null, written: [], carriedOut: [], exchange: null };
}

/** An answer that HTTP can carry: a status of the ones we have, headers of one line, WBXML where it says so. */
function answerFault({ status, headers, body }: HttpResponse): string | null {
  if (!legalStatuses.has(status)) return `the status is a legal number: ${status}`;
  const misfit = Object.entries(headers).find(
    ([name, value]) => !/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value),
  );
  if (misfit) return `headers can be sent: ${misfit[0]}`;
  if (!(body instanceof Uint8Array)) return 'the body is bytes: it is not';
  const type = header(headers, 'Content-Type');
  if ((type !== null && isWbxml(type)) !== body.length > 0) return 'a body is announced as WBXML: it is not';
  return body.length === 0 || wbxml.decode(body).ok ? null : 'a body is a WBXML document: it is not';
}

const legalStatuses: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 413, 449, 501, 503]);

/** Whom nobody knows learns nothing but that, and 503 is for what failed. */
function statusFault({ status }: HttpResponse, { user }: Seen, policy: unknown): string | null {
  if (user === null && status !== 401 && status !== 404) return `authentication comes first: ${status}`;
  return status === 503 && policy !== 'failing' ? 'nothing fails by itself: it did' : null;
}

function storedFault({ written }: Seen): string | null {
  return written.every(([, data]) => parseRecord(data) !== null) ? null : 'what is stored can be read: it can not';
}

/** Only an authenticated command of a device changes anything, and only what is known of that device. */
function stateFault({ request, user, written, carriedOut }: Seen): string | null {
  if (written.length === 0 && carriedOut.length === 0) return null;
  if (user === null) return 'nothing changes without authentication: it did';
  const read = readRequest(request);
  if (!read.ok || read.value.kind !== 'Command' || !isDeviceId(read.value.deviceId)) {
    return 'only a legal request changes anything: another did';
  }
  const own = recordKey({ user, deviceId: read.value.deviceId });
  return written.every(([key]) => key === own) ? null : 'a request changes its own device alone: it did not';
}

/** A gated command is carried out only under the permanent key in force. */
function admissionFault({ request, carriedOut }: Seen, policy: unknown): string | null {
  for (const { command, record } of carriedOut) {
    const read = readRequest(request);
    if (!read.ok || read.value.kind !== 'Command' || read.value.command !== command.command) {
      return 'what is carried out was asked for: it was not';
    }
    if (policy === null || !commands[command.command].gated) continue;
    const presented = normalizePolicyKey(read.value.policyKey ?? '');
    const stored = record === null ? null : parseRecord(record);
    const inForce = stored?.state.name === 'Provisioned' ? stored.state.context.policyKey : null;
    if (presented === '0' || presented !== inForce)
      return `admitted only under the key in force: ${presented}, not ${inForce}`;
    if (stored?.wiped) return 'a wiped device stays out: it came in';
  }
  return null;
}

/** A permanent key answers an acknowledgment with Status 1 of the very offer. */
function keyFault({ request, exchange }: Seen): string | null {
  if (!exchange?.events.includes('Provisioned')) return null;
  const message = provisionRequest.decode(request.body);
  const offered = exchange.previous?.context.policyKey;
  const isEarned =
    message.ok &&
    message.value.policies?.some(
      ({ policyKey = '', status }) => status === 1 && normalizePolicyKey(policyKey) === offered,
    );
  return isEarned ? null : 'a permanent key is earned: it was not';
}
