/** The client: whatever is answered in whatever order, every call ends, in bounded requests, and takes no false key. */

import { createProvisioningClient, type ProvisioningClient, type Transport } from '../../src/client/index.js';
import { wbxml } from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import { type Answer, type ClientScript, madeScript, simplerScript } from './client-script.js';
import { shown } from './show.js';
import type { Target } from './target.js';

/** Makes the client under test; a mutant has to be found. */
export type CreateClient = typeof createProvisioningClient;

/**
 * The most requests that one call can take: three exchanges of two messages, four tries each, each with OPTIONS before
 * it and three redirections; the command before and after; and as much again for a look behind a 403.
 */
export const MAX_REQUESTS = 2 * (3 * 2 * 4 * 2 * 4 + 2 * 4);

export function clientTarget(create: CreateClient = createProvisioningClient): Target<ClientScript> {
  return {
    name: 'client',
    make: madeScript,
    async check(script) {
      const world = createWorld(create, script);
      for (const call of script.calls) {
        const fault = await world.make(call);
        if (fault !== null) return fault;
      }
      return null;
    },
    simpler: simplerScript,
    show: shown,
  };
}

function createWorld(create: CreateClient, script: ClientScript) {
  const server = scriptedServer(script.answers);
  const wire = { requests: 0, keys: new Set(['0']), directsWipe: false, isConfirmed: false };
  let saved: string | null = null;
  let broken: string | null = null;
  let client = start();

  function start(): ProvisioningClient {
    const transport: Transport = async () => {
      // Who does not stop is stopped, to be told from who does.
      if (++wire.requests > 4 * MAX_REQUESTS) return new Promise<never>(() => {});
      const answer = server.next();
      if (answer === 'silent') return server.silence();
      if (answer === 'broken') throw new TypeError('the connection broke');
      learn(answer);
      const { status, headers, body } = answer;
      return {
        status,
        headers: { forEach: (visit) => Object.entries(headers).forEach(([name, value]) => void visit(value, name)) },
        arrayBuffer: async () => Uint8Array.from(body).buffer,
      };
    };
    return create({
      url: 'https://eas.example.test',
      user: 'alice',
      password: 'secret',
      device: { id: 'DEVICE0001', type: 'SP' },
      ...(script.protocolVersion && { protocolVersion: script.protocolVersion }),
      queryForm: script.form,
      provisionFirst: script.provisionFirst,
      applyPolicy: () => script.applies,
      confirmWipe() {
        if (!wire.directsWipe) broken = 'a wipe is directed: it was confirmed without that';
        wire.isConfirmed = script.confirmsWipes;
        return script.confirmsWipes;
      },
      wipe() {
        if (!wire.isConfirmed) broken = 'nothing is wiped that was not confirmed: it was';
      },
      store: {
        load: () => saved,
        save(text) {
          saved = text;
        },
      },
      transport,
      clock: server.clock,
      timeout: server.timeout,
      random: () => 1,
    });
  }

  /** What an answer grants, read here by other means: a key where both statuses are 1, a missing first one among them. */
  function learn({ status, body }: Exclude<Answer, string>) {
    const root = status >= 200 && status < 300 ? wbxml.decode(body) : null;
    if (!root?.ok || root.value.name !== 'Provision:Provision') return;
    const { value } = root;
    if (children(value, 'RemoteWipe').length + children(value, 'AccountOnlyRemoteWipe').length > 0)
      wire.directsWipe = true;
    if (children(value, 'Status').some((each) => numberIn(each) !== 1)) return;
    for (const policy of children(value, 'Policies').flatMap((policies) => children(policies, 'Policy'))) {
      if (!children(policy, 'Status').some((each) => numberIn(each) === 1)) continue;
      for (const key of children(policy, 'PolicyKey')) wire.keys.add(textIn(key).trim());
    }
  }

  async function make(call: ClientScript['calls'][number]): Promise<string | null> {
    wire.requests = 0;
    if (call === 'restart') {
      // What is stored and what is remembered may differ while an exchange is unfinished; a key may not be new.
      client = start();
      return keyFault(await client.state());
    }
    const calls: Promise<{ readonly kind: string }>[] =
      call === 'provision' ? [client.provision()] : call === 'reset' ? [client.reset()] : [client.run(folderSync)];
    if (call === 'runTwice') calls.push(client.run(folderSync));
    const outcomes = await server.settled(Promise.all(calls));
    const limit = MAX_REQUESTS * calls.length;
    if (wire.requests > limit) return `requests are bounded: ${wire.requests} for one ${call}`;
    if (outcomes === null) return `every call ends: ${call} did not`;
    const untyped = outcomes.find(({ kind }) => !outcomeKinds.has(kind));
    if (untyped) return `outcomes are typed: ${shown(untyped)}`;
    return broken ?? keyFault(await client.state());
  }

  function keyFault({ name, context }: Awaited<ReturnType<ProvisioningClient['state']>>): string | null {
    if (wire.keys.has(context.policyKey)) return null;
    return `a key is taken only where both statuses are 1: ${name} ${context.policyKey}`;
  }

  return { make };
}

const outcomeKinds: ReadonlySet<string> = new Set([
  ...['Provisioned', 'ProvisionedWithoutPolicy', 'Wiped', 'Answered', 'Refused', 'Unreachable', 'Failed', 'Violation'],
  'Reset',
]);

const folderSync = {
  name: 'FolderSync',
  document: { name: 'FolderHierarchy:FolderSync', content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }] },
} as const;

/** Answers in turn for ever, and time that passes when someone waits for nothing else. */
function scriptedServer(answers: readonly Answer[]) {
  const timeout = 31_337;
  const sleepers = new Set<() => void>();
  let now = 0;
  let turn = 0;
  return {
    timeout,
    next: (): Answer => answers[turn++ % Math.max(answers.length, 1)] ?? 'broken',
    silence: () => {
      queueMicrotask(() => {
        for (const wake of sleepers) wake();
      });
      return new Promise<never>(() => {});
    },
    clock: {
      now: () => now,
      sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
        if (milliseconds !== timeout) {
          now += milliseconds;
          return Promise.resolve();
        }
        return new Promise((resolve) => {
          const wake = () => {
            sleepers.delete(wake);
            resolve();
          };
          sleepers.add(wake);
          signal?.addEventListener('abort', wake, { once: true });
        });
      },
    },
    /** What a promise comes to, or null where nothing more happens. */
    async settled<Value>(promise: Promise<Value>): Promise<Value | null> {
      let isSettled = false;
      const done = promise.finally(() => {
        isSettled = true;
      });
      done.catch(() => {});
      for (let turns = 0; turns < 1000 && !isSettled; turns++) await new Promise((resolve) => setImmediate(resolve));
      return isSettled ? done : null;
    },
  };
}

function children({ content }: Element, name: string): readonly Element[] {
  if (!Array.isArray(content)) return [];
  return content.filter((child: Element) => child.name === `Provision:${name}`);
}

function textIn({ content }: Element): string {
  if (content instanceof Uint8Array) return new TextDecoder().decode(content);
  return typeof content === 'string' ? content : '';
}

function numberIn(element: Element): number {
  const text = textIn(element).trim();
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
