/** Our client on a wire that knows nothing but recorded answers. */
import {
  type CommandOutcome,
  createProvisioningClient,
  type ProvisioningClient,
  type ProvisioningClientOptions,
} from '../../src/client/index.js';
import { header, readRequest } from '../../src/http/index.js';
import { isProtocolVersion } from '../../src/protocol/version.js';
import { virtualClock } from '../client/support/clock.js';
import { credentials } from '../support/device.js';
import { createLink } from '../support/link.js';
import { statusIn } from './fact.js';
import type { Row } from './page.js';
import { asked, type Recorded } from './wire.js';

/** One row of the calls. */
export interface Call {
  /** What the client is that makes it; empty for the one of the row above. */
  readonly client: string;
  readonly call: string;
  /** The exchanges whose answers it gets, one for each request in turn; a request beyond them gets none. */
  readonly answers: readonly number[];
}

export interface Came {
  readonly outcome: string;
  /** State, key and version afterwards. */
  readonly state: string;
  readonly unused: readonly number[];
}

export interface Rehearsal {
  call(row: Call): Promise<Came>;
  /** What was asked where each answer came, and how the client then stood. */
  seen(): readonly Row[];
}

export function createRehearsal(exchanges: readonly Recorded[]): Rehearsal {
  const recordings = new Map(exchanges.map((exchange) => [exchange.seq, exchange]));
  const rows: Row[] = [];
  let answers: number[] = [];
  let unanswered: string[] = [];
  let client: ProvisioningClient | undefined;

  const wire: Pick<ProvisioningClientOptions, 'transport' | 'observe'> = {
    async transport(url, { method, headers, body }) {
      const request = asked({ method, url, headers, body: body ?? new Uint8Array() });
      const next = recordings.get(answers.shift() ?? -1);
      if (!next) {
        unanswered.push(request);
        throw new TypeError('the recording ends here');
      }
      const { status, headers: answered, body: bytes } = next.response;
      return new Response(Uint8Array.from(bytes), {
        status,
        headers: { ...answered, [MARK]: `${next.seq} ${request}` },
      });
    },
    observe({ responseHeaders, state: { name, context } }) {
      const [, seq, request] = /^(\d+) (.*)$/.exec(header(responseHeaders, MARK) ?? '') ?? [];
      if (seq && request) rows.push({ seq, request, state: `${name} ${context.policyKey}` });
    },
  };

  return {
    async call(row) {
      answers = [...row.answers];
      unanswered = [];
      if (row.client) client = createProvisioningClient({ ...wire, ...(await optionsFor(row.client)) });
      if (!client) throw new Error('no client');
      const [name = '', isTwice] = row.call.split(' ');
      const command = commandIn(name, row.answers, recordings);
      const running = isTwice ? [client.run(command), client.run(command)] : [client.run(command)];
      const told = (await Promise.all(running)).map(outcomeText).join('; ');
      const { name: state, context } = await client.state();
      const version = client.protocolVersion();
      return {
        outcome: [told, ...unanswered.map((request) => `unanswered ${request}`)].join(', '),
        state: `${state} ${context.policyKey}${version === null ? '' : ` at ${version}`}`,
        unused: answers,
      };
    },
    seen: () => [...rows].sort((a, b) => Number(a.seq) - Number(b.seq)),
  };
}

/** Where the answer was recorded, and what our client had asked. */
const MARK = 'x-rehearsal';

/** The command as the recorded client sent it, or one where that sent none. */
function commandIn(name: string, answers: readonly number[], recordings: ReadonlyMap<number, Recorded>) {
  if (name !== 'FolderSync' && name !== 'Settings') throw new Error(`no such call: ${name}`);
  const all = [...answers.map((seq) => recordings.get(seq)), ...recordings.values()];
  const theirs = all.find((exchange) => exchange && commandOf(exchange) === name);
  if (!theirs) throw new Error(`not recorded: ${name}`);
  return { name, body: theirs.request.body } as const;
}

function commandOf({ request }: Recorded): string | null {
  const read = readRequest(request);
  return read.ok && read.value.kind === 'Command' ? read.value.command : null;
}

/** `new`; `new 2.5, applies 2`; `under 100 2.5`. */
async function optionsFor(words: string): Promise<ProvisioningClientOptions> {
  const [first = '', ...manners] = words.split(', ');
  const [kind, ...details] = first.split(' ');
  const protocolVersion = details.find(isProtocolVersion);
  const version = protocolVersion ? { protocolVersion } : {};
  const stored = kind === 'under' ? await storedUnder(details[0] ?? '', version) : null;
  return {
    url: 'http://eas.example.test',
    user: credentials.user,
    password: credentials.password,
    device: { id: 'DEVICE0001', type: 'SP' },
    applyPolicy: () => 1,
    clock: virtualClock(),
    limits: { attempts: 0 },
    ...version,
    ...(stored !== null && { store: { load: () => stored, save: () => {} } }),
    ...Object.assign({}, ...manners.map(mannerOf)),
  };
}

function mannerOf(manner: string): Partial<ProvisioningClientOptions> {
  const known = manners[manner];
  if (!known) throw new Error(`no such manner: ${manner}`);
  return known;
}

const manners: Readonly<Record<string, Partial<ProvisioningClientOptions>>> = {
  'applies 2': { applyPolicy: () => 2 },
  wipes: { confirmWipe: () => true, wipe: () => {} },
  'breaks off wipes': {
    confirmWipe() {
      throw new Error('not while the account is set up');
    },
    wipe: () => {},
  },
};

/** What a client has stored that a server gave this permanent key. */
async function storedUnder(policyKey: string, version: Partial<ProvisioningClientOptions>): Promise<string | null> {
  let stored: string | null = null;
  const store = {
    load: () => stored,
    save(text: string) {
      stored = text;
    },
  };
  const keys = ['1', policyKey];
  const { client } = createLink({ ...version, store }, { mintKey: () => keys.shift() ?? '2' });
  await client.provision();
  return stored;
}

function outcomeText(outcome: CommandOutcome): string {
  if (outcome.kind === 'Wiped') return `Wiped ${outcome.scope}`;
  if (!('explanation' in outcome)) return `Answered${statusIn(outcome.body)} under ${outcome.policyKey}`;
  return `${outcome.kind} ${outcome.explanation.code}`;
}
