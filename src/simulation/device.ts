/** One life of the device, from a start to a crash: the client as it ships, with ports that wait for `step`. */
import type { AcknowledgmentStatus, WipeScope } from '../../machines/index.js';
import {
  type CommandInput,
  type CommandOutcome,
  createProvisioningClient,
  type ProvisioningClient,
  type TransportResponse,
  warnings,
} from '../client/index.js';
import type { HttpResponse } from '../http/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { account, device } from './account.js';
import type { Journal } from './journal.js';
import { outcomeText } from './outcome.js';
import type { Timer, Timers } from './timers.js';
import type { Wire } from './wire.js';

/** What outlives the device: its memory card, its owner, and what is around it. */
export interface Surroundings {
  readonly protocolVersion: ProtocolVersion;
  readonly timers: Timers;
  readonly journal: Journal;
  readonly wire: Wire;
  readonly owner: { applies: AcknowledgmentStatus; confirmsWipes: boolean };
  /** What the device stored. */
  readonly card: { text: string | null };
}

export interface Device {
  readonly client: ProvisioningClient;
  /** How many commands have not come to an end. */
  readonly running: number;
  /** What the last command came to. */
  readonly outcome: string | null;
  command(): void;
  /** Ends it on the spot: whatever it waits for never comes, and so it does and stores nothing more. */
  crash(): void;
}

export function createDevice({ protocolVersion, timers, journal, wire, owner, card }: Surroundings): Device {
  const life = {};
  let isAlive = true;
  let running = 0;
  let outcome: string | null = null;

  const client = createProvisioningClient({
    url: 'http://eas.example.test',
    ...account,
    device,
    protocolVersion,
    timeout: TIMEOUT,
    random: () => 1,
    clock: {
      now: () => timers.now,
      sleep: (milliseconds, signal) => timers.sleep(milliseconds, signal, life),
    },
    store: {
      load: () => card.text,
      save(text) {
        card.text = text;
      },
    },
    transport: (url, { method, headers, body, signal }) =>
      new Promise((resolve) => {
        const request = { method, url, headers, body: body ?? new Uint8Array() };
        wire.send(request, {
          get isWaiting() {
            // The client gives the signal as soon as it has what it waited for, or waits no more.
            return isAlive && !signal.aborted;
          },
          answer: (response) => resolve(received(response)),
        });
      }),
    applyPolicy() {
      journal.note('client', applying[owner.applies]);
      return owner.applies;
    },
    confirmWipe(scope) {
      journal.note('client', `${owner.confirmsWipes ? 'agrees' : 'does not agree'} to a wipe of the ${scope}`);
      return owner.confirmsWipes;
    },
    wipe: (scope) => journal.note('client', wiping[scope]),
    warn: ({ kind }) => journal.note('client', `is warned: ${warnings[kind].meaning}`),
    inspect: (transition) => journal.transition(transition),
  });

  function ended(text: string) {
    running -= 1;
    outcome = text;
    journal.note('client', text);
  }

  return {
    client,
    get running() {
      return running;
    },
    get outcome() {
      return outcome;
    },
    command() {
      running += 1;
      journal.note('client', 'runs FolderSync');
      client.run(folderSync).then((came: CommandOutcome) => ended(outcomeText(came)), broke);
    },
    crash() {
      isAlive = false;
      timers.forget(life);
    },
  };

  function broke(fault: unknown) {
    ended(`a fault of the library: ${String(fault)}`);
  }
}

/** Milliseconds; no wait before another try is as long. */
export const TIMEOUT = 30_000;

/** What a timer of the device waits for. */
export function timerText({ length }: Timer): string {
  const seconds = `${length / 1000} s`;
  return length === TIMEOUT ? `no answer for ${seconds}` : `another try after ${seconds}`;
}

const folderSync: CommandInput = {
  name: 'FolderSync',
  document: {
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
  },
};

const applying = {
  1: 'applies the policy fully',
  2: 'applies the policy in part',
  3: 'does not apply the policy',
  4: 'says that others manage it',
} as const satisfies Record<AcknowledgmentStatus, string>;

const wiping = {
  device: 'wipes everything',
  account: 'wipes what came from the server',
} as const satisfies Record<WipeScope, string>;

function received({ status, headers, body }: HttpResponse): TransportResponse {
  return {
    status,
    headers: {
      forEach(visit) {
        for (const [name, value] of Object.entries(headers)) visit(value, name);
      },
    },
    arrayBuffer: () => Promise.resolve(Uint8Array.from(body).buffer),
  };
}
