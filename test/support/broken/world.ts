/** A server of ours with something between it and the wire that breaks one promise, as servers in the field do. */
import { createAdministration } from '../../../src/admin/index.js';
import { provisionResponse } from '../../../src/codec/index.js';
import type { HttpRequest, HttpResponse } from '../../../src/http/index.js';
import type { AttackId } from '../../../src/probe/attacks.js';
import type { ProbeTransport } from '../../../src/probe/ports.js';
import type { ProvisionResponseMessage, ResponsePolicy } from '../../../src/protocol/provision.js';
import type { ProtocolVersion } from '../../../src/protocol/version.js';
import {
  createProvisioningServer,
  type DeviceAdministration,
  mintPolicyKey,
  type ServerExchange,
  type ServerOptions,
} from '../../../src/server/index.js';
import { credentials } from '../device.js';
import { type ServerUnderTest, serverUnderTest } from '../server.js';
import { initialFrom, type Seen, seen, withMessage } from './seen.js';

/** One row: a way to break a promise, and the attack that has to find it. */
export interface BrokenServer {
  readonly finder: AttackId;
  /** What it does, as the field does. */
  readonly breaks: string;
  /** How the server itself is set wrongly. */
  options?(under: () => ServerUnderTest): Partial<ServerOptions>;
  /** What stands before it. */
  handle?(world: World): (request: Seen) => Promise<HttpResponse>;
  /** What stands before its administration. */
  devices?(devices: DeviceAdministration): Partial<DeviceAdministration>;
}

export interface World {
  readonly under: ServerUnderTest;
  /** The answer of the server as it is. */
  serve(request: HttpRequest): Promise<HttpResponse>;
  /** What the server thought of the last request. */
  last(): ServerExchange | undefined;
  /** The answer of a server that asks no policy of anyone. */
  letIn(request: HttpRequest): Promise<HttpResponse>;
  /** A download on behalf of the device, acknowledged with the status that it sent: the answer to that. */
  earn(request: Seen): Promise<HttpResponse>;
}

/** Where the transport below finds the two. */
export const endpoint = 'http://127.0.0.1/Microsoft-Server-ActiveSync';
export const administration = { url: 'http://127.0.0.1:8081', token: 'token-of-the-test' } as const;

/** Our server without a fault. */
export const sound: BrokenServer = { finder: 'I1.invented-key', breaks: 'nothing' };

/** A transport to the server, in versions on both sides of the great change; whose devices are never forgotten. */
export function transportTo(
  row: BrokenServer,
  versions: readonly ProtocolVersion[] = ['12.1', '14.1'],
): ProbeTransport {
  const transport = transportOf(worldOf(row, versions), row);
  const forgotten = { status: 404, headers: {}, body: new Uint8Array() };
  return async (request) => (request.method === 'DELETE' ? forgotten : transport(request));
}

/** A transport to the server and its administration. */
export function transportOf(world: World, row: BrokenServer): ProbeTransport {
  const { server } = world.under;
  const answer = row.handle?.(world) ?? ((request) => world.serve(request.http));
  const admin = createAdministration({
    devices: { ...server.devices, ...row.devices?.(server.devices) },
    policy: {
      read: () => world.under.policy,
      write(policy) {
        world.under.policy = policy;
      },
    },
    token: administration.token,
  });
  return async (request) => {
    if (request.url.startsWith(administration.url)) return admin.handle(request);
    return request.method === 'OPTIONS' ? world.serve(request) : answer(seen(request));
  };
}

export function worldOf({ options }: BrokenServer, versions: readonly ProtocolVersion[]): World {
  const under: ServerUnderTest = serverUnderTest({ mintKey: mintPolicyKey, versions, ...options?.(() => under) });
  const open = createProvisioningServer({
    authenticate: ({ basic }) => (basic?.password === credentials.password ? basic.user : null),
    policyFor: () => null,
    commands: () => ({ status: 200 }),
  });
  const serve = async (request: HttpRequest) => under.server.handle(request);
  return {
    under,
    serve,
    last: () => under.exchanges.at(-1),
    letIn: async (request) => open.handle(request),
    async earn(request) {
      const offer = await serve(initialFrom(request));
      const [policy] = messageIn(offer).policies ?? [];
      const [sent] = request.message?.policies ?? [];
      if (policy?.policyKey === undefined) return offer;
      const { policyType } = policy;
      const acknowledged = {
        ...(sent ?? { status: 1 }),
        policyKey: policy.policyKey,
        ...(policyType && { policyType }),
      };
      return serve(withMessage(request, { policies: [acknowledged] }));
    },
  };
}

/** The Provision answer in a body; an empty one where there is none. */
export function messageIn({ body }: HttpResponse): ProvisionResponseMessage {
  const message = provisionResponse.decode(body);
  return message.ok ? message.value : {};
}

/** The key in a Provision answer. */
export function keyIn(response: HttpResponse): string | undefined {
  return messageIn(response).policies?.[0]?.policyKey;
}

/** A Provision answer with something else in it. */
export function edited(response: HttpResponse, change: Partial<ProvisionResponseMessage>): HttpResponse {
  const body = provisionResponse.encode({ ...messageIn(response), ...change });
  if (!body.ok) throw new TypeError(body.error.message);
  return { ...response, status: 200, body: body.value };
}

/** A Provision answer with something else in its Policy. */
export function withPolicy(response: HttpResponse, change: ResponsePolicy): HttpResponse {
  const [policy] = messageIn(response).policies ?? [];
  return edited(response, { policies: [{ ...policy, ...change }] });
}
