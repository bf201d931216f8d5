/** The life of a device at one version, from stranger to wiped, with every message that was sent. */
import type { WipeScope } from '../../machines/index.js';
import { wbxml } from '../../src/codec/index.js';
import { type HttpHeaders, readRequest } from '../../src/http/index.js';
import type { Element } from '../../src/protocol/element.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import type { ProtocolVersion } from '../../src/protocol/version.js';
import { credentials, folderSyncBody, unwrap } from '../support/device.js';
import { createLink } from '../support/link.js';

export interface Message {
  readonly command: string;
  /** The key in header or query. */
  readonly key: string | null;
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body: Uint8Array;
  readonly http: number;
  /** The bodies, where there are any. */
  readonly request: Element | null;
  readonly response: Element | null;
}

export interface Life {
  readonly messages: readonly Message[];
  /** What `applyPolicy` was given. */
  readonly applied: readonly unknown[];
  /** What `confirmWipe` and `wipe` were asked, and how many requests there had been. */
  readonly wiped: readonly string[];
}

export const device = { user: credentials.user, deviceId: 'DEVICE0001' };

/** FolderSync refused, provisioned and answered; then a wipe is ordered, announced, directed, acknowledged, done. */
export async function live(
  protocolVersion: ProtocolVersion,
  { policy, scope = 'device' }: { readonly policy?: EASProvisionDoc; readonly scope?: WipeScope } = {},
): Promise<Life> {
  const applied: unknown[] = [];
  const wiped: string[] = [];
  const note = (what: string) => wiped.push(`${what} after ${link.exchanges.length}`);
  const link = createLink({
    protocolVersion,
    applyPolicy(document) {
      applied.push(document);
      return 1;
    },
    confirmWipe: (scope) => note(`confirm ${scope}`) > 0,
    wipe: (scope) => void note(`wipe ${scope}`),
  });
  if (policy) link.under.policy = policy;
  await link.client.run({ name: 'FolderSync', body: folderSyncBody });
  await link.under.server.devices.wipe(device, scope);
  await link.client.run({ name: 'FolderSync', body: folderSyncBody });
  const messages = link.exchanges.map(({ request, response }): Message => {
    const read = readRequest(request);
    if (!read.ok || read.value.kind !== 'Command') throw new Error(`no command: ${request.url}`);
    const { command, policyKey: key } = read.value;
    const { url, headers, body } = request;
    const documents = { request: documentIn(body), response: documentIn(response.body) };
    return { command, key, url, headers, body, http: response.status, ...documents };
  });
  return { messages, applied, wiped };
}

/** The Provision messages of a life: initial, acknowledgment, request for a directive, wipe acknowledgment. */
export function provisioning({ messages }: Life): readonly [Message, Message, Message, Message] {
  const [initial, acknowledgment, empty, wipe, ...others] = messages.filter(({ command }) => command === 'Provision');
  if (!initial || !acknowledgment || !empty || !wipe || others.length > 0) throw new Error('not the life expected');
  return [initial, acknowledgment, empty, wipe];
}

/** Every element of a path of local names, `Provision/Policies/Policy`, that begins at the root. */
export function at(root: Element | null, path: string): readonly Element[] {
  const [first, ...rest] = path.split('/');
  let found = root !== null && localName(root) === first ? [root] : [];
  for (const name of rest) {
    found = found.flatMap(({ content }) => (Array.isArray(content) ? content : []));
    found = found.filter((element) => localName(element) === name);
  }
  return found;
}

/** The local names of the children of the one element of a path, in order. */
export function childrenAt(root: Element | null, path: string): readonly string[] {
  const [element, ...others] = at(root, path);
  if (!element || others.length > 0) throw new Error(`${path}: expected exactly one`);
  return Array.isArray(element.content) ? element.content.map(localName) : [];
}

/** The text of the one element of a path. */
export function textAt(root: Element | null, path: string): string {
  const [element, ...others] = at(root, path);
  if (typeof element?.content !== 'string' || others.length > 0) throw new Error(`${path}: expected exactly one text`);
  return element.content;
}

export function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1);
}

function documentIn(body: Uint8Array): Element | null {
  return body.length > 0 ? unwrap(wbxml.decode(body)) : null;
}
