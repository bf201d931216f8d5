/** A device that does not behave: it sends what an attack wants sent, under whatever key and name. */
import { wbxml, writeProvisionRequest } from '../codec/index.js';
import { type BasicCredentials, basicCredentials, composeRequest, type HttpRequest } from '../http/index.js';
import { type CommandName, elementsOf } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { ProvisionRequestMessage } from '../protocol/provision.js';
import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { type Answer, keyIn, readAnswer, sketch } from './answer.js';
import { notationOf } from './notation.js';
import { type ProbeTransport, Untried } from './ports.js';
import type { Identity, ProbeExchange } from './report.js';

/** What belongs to one try. */
export interface Site {
  readonly endpoint: string;
  readonly transport: ProbeTransport;
  readonly account: BasicCredentials;
  readonly secondAccount: BasicCredentials | null;
  readonly exchanges: ProbeExchange[];
}

/** What a request has besides its command; absent is what a well-behaved device of the user would send. */
export interface Manner {
  /** The X-MS-PolicyKey, sent as it is; null leaves the header out. */
  readonly key: string | null;
  readonly as?: Identity;
  readonly version?: ProtocolVersion;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The keys of an exchange that went as it should. */
export interface Agreed {
  readonly temporary: string;
  readonly permanent: string;
}

export class ProbeDevice {
  readonly id: string;
  readonly type: string;
  readonly #site: Site;
  readonly #version: ProtocolVersion;

  constructor(site: Site, version: ProtocolVersion, id: string, type: string) {
    this.#site = site;
    this.#version = version;
    this.id = id;
    this.type = type;
  }

  /** Any command with a document, or with an empty one of its own; there is nothing in that to be carried out. */
  async send(command: CommandName, manner: Manner, document = emptyOf(command, manner.version ?? this.#version)) {
    const version = manner.version ?? this.#version;
    const body = document && wbxml.encode(document);
    const composed = composeRequest(this.#site.endpoint, {
      form: 'plain',
      command,
      protocolVersion: version,
      policyKey: null,
      user: this.#credentials(manner.as)?.user ?? this.#site.account.user,
      deviceId: this.id,
      deviceType: this.type,
      ...(body?.ok && { body: body.value }),
    });
    if (!composed.ok) throw new Untried(composed.error.message);
    return this.#exchange(composed.value, command, version, manner, document);
  }

  /** The command by which one sees whether a key opens anything. */
  folderSync(key: string | null, manner: Omit<Manner, 'key'> = {}): Promise<Answer> {
    return this.send('FolderSync', { ...manner, key }, firstFolderSync);
  }

  /** Whether FolderSync passes under a key. */
  async opens(key: string | null, manner: Omit<Manner, 'key'> = {}): Promise<boolean> {
    return (await this.folderSync(key, manner)).standing === 'Passed';
  }

  provision(message: ProvisionRequestMessage, manner: Partial<Manner> = {}): Promise<Answer> {
    return this.send('Provision', { key: '0', ...manner }, writeProvisionRequest(message));
  }

  /** The initial form (MS-ASPROV 3.1.5.1.1). */
  initial(manner: Partial<Manner> = {}): Promise<Answer> {
    const { policyType, deviceInformation } = protocolVersions[this.#version];
    const described = deviceInformation === 'provision' && { deviceInformation: { Model: 'Probe' } };
    return this.provision({ ...described, policies: [{ policyType }] }, manner);
  }

  /** The acknowledgment of a key with a status, or with none (MS-ASPROV 3.1.5.1.2.1). */
  acknowledge(policyKey: string, status: number | null, manner: Partial<Manner> = {}): Promise<Answer> {
    const { policyType } = protocolVersions[this.#version];
    const policy = { policyType, policyKey, ...(status !== null && { status }) };
    return this.provision({ policies: [policy] }, { key: policyKey, ...manner });
  }

  /** The temporary key of a download. */
  async download(manner: Partial<Manner> = {}): Promise<string> {
    const answer = await this.initial(manner);
    const key = keyIn(answer);
    if (key === null) throw new Untried(`no policy is offered: ${sketch(answer)}`);
    return key;
  }

  /** Provisions as it should be done. */
  async agree(): Promise<Agreed> {
    const temporary = await this.download();
    const answer = await this.acknowledge(temporary, 1);
    const permanent = keyIn(answer);
    if (permanent === null) throw new Untried(`no key for a true acknowledgment: ${sketch(answer)}`);
    return { temporary, permanent };
  }

  #credentials(as: Identity = 'user'): BasicCredentials | null {
    const { account, secondAccount } = this.#site;
    if (as === 'user') return account;
    if (as === 'second user') return secondAccount;
    return as === 'wrong password' ? { user: account.user, password: `${account.password}, but wrong` } : null;
  }

  async #exchange(
    composed: HttpRequest,
    command: CommandName,
    version: ProtocolVersion,
    { key, as = 'user', headers = {} }: Manner,
    document: Element | null,
  ): Promise<Answer> {
    const { transport, exchanges } = this.#site;
    const credentials = this.#credentials(as);
    const authorization = credentials && basicCredentials.encode(credentials);
    const request = {
      ...composed,
      headers: {
        ...composed.headers,
        ...headers,
        ...(key !== null && { 'X-MS-PolicyKey': key }),
        ...(authorization?.ok && { Authorization: authorization.value }),
      },
    };
    const sent = {
      command,
      request: `${request.method} ${targetOf(request.url)}`,
      as,
      protocolVersion: version,
      policyKey: key,
      headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      sent: document && notationOf(document),
    };
    let answer: Answer;
    try {
      answer = readAnswer(await transport(request), command, version);
    } catch (error) {
      exchanges.push({ ...sent, httpStatus: null, status: null, received: null });
      throw new Untried(`no answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    exchanges.push({
      ...sent,
      httpStatus: answer.httpStatus,
      status: answer.told?.status ?? null,
      received: answer.noted,
    });
    return answer;
  }
}

function emptyOf(command: CommandName, version: ProtocolVersion): Element | null {
  const elements = elementsOf(version, command);
  return elements && { name: elements.root, content: null };
}

function targetOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '');
}

const firstFolderSync: Element = {
  name: 'FolderHierarchy:FolderSync',
  content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
};
