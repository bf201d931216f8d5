/** A server in memory, as much of one as a client needs: it can be told to misbehave at any request. */
import type { Transport } from '../../../src/client/ports.js';
import { provisionRequest, provisionResponse, wbxml } from '../../../src/codec/index.js';
import { type CommandRequest, type HttpHeaders, header, readRequest } from '../../../src/http/index.js';
import type { EASProvisionDoc } from '../../../src/protocol/policy.js';
import type { ProvisionRequestMessage, ProvisionResponseMessage } from '../../../src/protocol/provision.js';

export interface Reply {
  readonly status: number;
  readonly headers?: HttpHeaders;
  readonly body?: Uint8Array;
}

/** What may come of a request beside a reply: no answer ever, a broken connection, a body too long for any reader. */
export type Misbehavior = Reply | 'hang' | 'break' | 'flood';

export interface Received {
  /** `OPTIONS`, or the command. */
  readonly command: string;
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  readonly request: CommandRequest | null;
  /** The message of a Provision request. */
  readonly message: ProvisionRequestMessage | null;
  /** The key in header or query. */
  readonly policyKey: string | null;
}

export interface PeerOptions {
  readonly versions?: string;
  readonly policy?: EASProvisionDoc | null;
  /** Takes over the answer to a request; `undefined` leaves it to the peer. */
  readonly misbehave?: (received: Received, count: number) => Misbehavior | undefined;
}

export interface Peer {
  readonly transport: Transport;
  readonly received: readonly Received[];
  /** What was asked, in order: `Provision initial`, `Provision acknowledgment 1`, `FolderSync 101`. */
  readonly asked: () => readonly string[];
  readonly current: { temporary: string | null; permanent: string | null; wipe: 'device' | 'account' | null };
}

export const policy: EASProvisionDoc = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 };

export function createPeer(options: PeerOptions = {}): Peer {
  const { versions = '12.1,14.0,14.1', policy: set = policy, misbehave } = options;
  const received: Received[] = [];
  const current: Peer['current'] = { temporary: null, permanent: null, wipe: null };
  let keys = 100;

  function answer({ command, message, policyKey }: Received): Reply {
    if (command === 'OPTIONS') {
      const commands = 'Sync,FolderSync,Provision';
      return { status: 200, headers: { 'MS-ASProtocolVersions': versions, 'MS-ASProtocolCommands': commands } };
    }
    if (command === 'Provision') return message ? provision(message) : { status: 400 };
    if (command === 'Ping') return { status: 200 };
    if (current.wipe) return commandReply(140);
    return policyKey !== null && policyKey === current.permanent ? commandReply(1) : commandReply(142);
  }

  function provision(message: ProvisionRequestMessage): Reply {
    const [asked] = message.policies ?? [];
    if (message.remoteWipe ?? message.accountOnlyRemoteWipe) {
      current.wipe = null;
      return provisionReply({ status: 1 });
    }
    if (current.wipe === 'device') return provisionReply({ status: 1, remoteWipe: true });
    if (current.wipe === 'account') return provisionReply({ status: 1, accountOnlyRemoteWipe: true });
    if (!asked) return provisionReply({ status: 1 });
    const { policyType = '' } = asked;
    if (asked.policyKey === undefined) {
      if (set === null) return provisionReply({ status: 1, policies: [{ policyType, status: 2 }] });
      keys += 1;
      current.temporary = String(keys);
      return provisionReply({
        status: 1,
        policies: [{ policyType, status: 1, policyKey: current.temporary, data: set }],
      });
    }
    if (asked.policyKey !== current.temporary)
      return provisionReply({ status: 1, policies: [{ policyType, status: 5 }] });
    if (asked.status !== 1) return provisionReply({ status: 139 });
    keys += 1;
    current.permanent = String(keys);
    return provisionReply({ status: 1, policies: [{ policyType, status: 1, policyKey: current.permanent }] });
  }

  const transport: Transport = async (url, init) => {
    const request = { method: init.method, url, headers: init.headers, body: init.body ?? new Uint8Array() };
    const entry = receivedOf(request);
    received.push(entry);
    const reply = misbehave?.(entry, received.length) ?? answer(entry);
    if (reply === 'hang') return new Promise(() => {});
    if (reply === 'break') throw new TypeError('fetch failed');
    if (reply === 'flood') return flood();
    return new Response((reply.body ?? new Uint8Array()).slice(), {
      status: reply.status,
      headers: { ...reply.headers },
    });
  };

  return { transport, received, current, asked: () => received.map(summaryOf) };
}

export function provisionReply(message: ProvisionResponseMessage): Reply {
  const body = provisionResponse.encode(message);
  if (!body.ok) throw new Error(body.error.message);
  return { status: 200, headers: { 'Content-Type': 'application/vnd.ms-sync.wbxml' }, body: body.value };
}

/** The answer to FolderSync with a status in it. */
export function commandReply(status: number): Reply {
  return { status: 200, body: documentOf('FolderHierarchy:FolderSync', 'FolderHierarchy:Status', status) };
}

export function documentOf(root: string, name: string, status: number): Uint8Array {
  const body = wbxml.encode({ name: root, content: [{ name, content: String(status) }] });
  if (!body.ok) throw new Error(body.error.message);
  return body.value;
}

function flood() {
  const chunk = new Uint8Array(0x1_0000);
  let left = 1_000_000;
  return {
    status: 200,
    headers: new Map<string, string>(),
    body: {
      getReader: () => ({
        read: async () => ({ done: left-- <= 0, value: chunk }),
        cancel: async () => {
          left = 0;
        },
      }),
    },
    arrayBuffer: async () => new ArrayBuffer(0),
  };
}

function receivedOf(request: { method: string; url: string; headers: HttpHeaders; body: Uint8Array }): Received {
  const { method, url, headers, body } = request;
  const read = readRequest(request);
  const command = read.ok && read.value.kind === 'Command' ? read.value : null;
  const message = command?.command === 'Provision' ? provisionRequest.decode(body) : null;
  return {
    command: command?.command ?? method,
    url,
    headers,
    body,
    request: command,
    message: message?.ok ? message.value : null,
    policyKey: command?.policyKey ?? header(headers, 'X-MS-PolicyKey'),
  };
}

function summaryOf({ command, message, policyKey }: Received): string {
  if (!message) return policyKey === null ? command : `${command} ${policyKey}`;
  const { remoteWipe, accountOnlyRemoteWipe, policies } = message;
  const wiped = remoteWipe ?? accountOnlyRemoteWipe;
  if (wiped) return `Provision wiped ${wiped.status}`;
  if (!policies) return 'Provision empty';
  const [asked] = policies;
  return asked?.policyKey === undefined
    ? 'Provision initial'
    : `Provision acknowledgment ${asked.policyKey} ${asked.status}`;
}
