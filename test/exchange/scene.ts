/** Where a chapter plays: one device, one server, the wire between them, and what was seen so far. */
import type { AcknowledgmentStatus, Transition } from '../../machines/index.js';
import type { CommandOutcome, ProvisionOutcome } from '../../src/client/index.js';
import { type HttpRequest, type HttpResponse, readRequest } from '../../src/http/index.js';
import type { ProtocolVersion } from '../../src/protocol/version.js';
import { credentials, folderSyncBody, unwrap } from '../support/device.js';
import { createLink, type Link } from '../support/link.js';
import { linesOf } from './trace.js';

/** When something may happen while the device is at work. */
export type Moment = 'applying' | 'wiping';

export interface Scene {
  readonly link: Link;
  applies: AcknowledgmentStatus;
  acceptsWipes: boolean;
  /** What happens when the device next applies a policy between its two requests, and when it next wipes. */
  readonly moments: Readonly<Record<Moment, (() => Promise<void>)[]>>;
  /** What calls of the device came to; `crashed` where it never gets that far. */
  during(calls: readonly Promise<ProvisionOutcome | CommandOutcome>[]): Promise<string>;
  /** Ends what the device is doing, without another word from it. */
  crash(): void;
  restart(): void;
  /** What happened since the last note: the messages, then how both sides stand. */
  note(outcome?: string): Promise<void>;
  readonly trace: readonly string[];
}

/** Sees more than the trace tells: each request when it leaves the device, each fact when a side took it. */
export interface Watch {
  line(line: string, link: Link): void;
  request(link: Link): void;
  fact(transition: Transition, link: Link): void;
}

const nobody: Watch = { line: () => {}, request: () => {}, fact: () => {} };

export const who = { user: credentials.user, deviceId: 'DEVICE0001' } as const;

/** Policies are renewed after 24 hours; keys are minted from 100 upwards. */
export function createScene(protocolVersion: ProtocolVersion, watch = nobody): Scene {
  const trace: string[] = [];
  let noted = 0;
  let crashed = false;
  let onCrash = () => {};

  const link = createLink(
    {
      protocolVersion,
      async applyPolicy() {
        await happensWhile('applying');
        return scene.applies;
      },
      confirmWipe: () => scene.acceptsWipes,
      wipe: () => happensWhile('wiping'),
      inspect: (transition) => watch.fact(transition, link),
    },
    { refreshInterval: 24 * HOUR, inspect: (_device, transition) => watch.fact(transition, link) },
  );
  link.before = () => watch.request(link);

  async function happensWhile(moment: Moment): Promise<void> {
    for (const happen of scene.moments[moment].splice(0)) await happen();
    if (crashed) await new Promise<never>(() => {});
  }

  const scene: Scene = {
    link,
    applies: 1,
    acceptsWipes: false,
    moments: { applying: [], wiping: [] },
    during(calls) {
      const crash = new Promise<string>((resolve) => {
        onCrash = () => resolve('crashed');
      });
      return Promise.race([crash, Promise.all(calls).then((outcomes) => outcomes.map(outcomeText).join(', '))]);
    },
    crash() {
      crashed = true;
      onCrash();
    },
    restart() {
      crashed = false;
      link.restart();
    },
    async note(outcome) {
      const sides = await bothSides(link);
      trace.push(...link.exchanges.slice(noted).flatMap(linesOf));
      noted = link.exchanges.length;
      trace.push(`= ${sides}${outcome === undefined ? '' : `: ${outcome}`}`);
    },
    trace,
  };
  return scene;
}

export function folderSync({ client }: Link): Promise<CommandOutcome> {
  return client.run({ name: 'FolderSync', body: folderSyncBody });
}

/** In the server's place, a gateway that never has enough of it. */
export function demandForEver(request: HttpRequest): HttpResponse | null {
  const read = unwrap(readRequest(request));
  const isProvision = read.kind === 'Command' && read.command === 'Provision';
  return isProvision ? null : { status: 449, headers: {}, body: new Uint8Array() };
}

export const HOUR = 60 * 60 * 1000;

/** A server that knows nothing of a device is as unprovisioned as one that forgot it. */
async function bothSides({ client, under }: Link): Promise<string> {
  const device = await client.state();
  const server = (await under.server.devices.read(who))?.state;
  const known = server ? `${server.name} ${server.context.policyKey}` : 'Unprovisioned 0';
  return `device ${device.name} ${device.context.policyKey}, server ${known}`;
}

function outcomeText(outcome: ProvisionOutcome | CommandOutcome): string {
  if (outcome.kind === 'Wiped') return `Wiped ${outcome.scope}`;
  if (!('explanation' in outcome)) return outcome.kind;
  const { kind, explanation } = outcome;
  const after = kind === 'Failed' && outcome.failure.kind === 'ReprovisionLoop' ? ` ${outcome.failure.cycles}` : '';
  return `${kind} ${explanation.code}${after}`;
}
