/** Where a chapter plays: our client as it ships, with a device, a clock and a store that write down what they are asked. */
import {
  createProvisioningClient,
  type ProvisioningClient,
  type ProvisioningClientOptions,
} from '../../../src/client/index.js';
import type { PolicyData } from '../../../src/protocol/provision.js';
import { credentials } from '../../support/device.js';
import { settle } from './settle.js';

export interface Scene {
  readonly options: { -readonly [Name in keyof ProvisioningClientOptions]: ProvisioningClientOptions[Name] };
  client: ProvisioningClient;
  /** The text in the store. */
  stored: string | null;
  /** Settles when the process has come to its end, at once where it does not. */
  death: Promise<void>;
  /** A new process, with what the old one stored. */
  restart(): void;
  /** The wait of the request in hand is over. */
  passTimeout(): void;
}

/** Where the trace is kept, and the requests stay in order. */
export interface Wire {
  tell(line: string): void;
  inOrder(send: () => Promise<Response>): Promise<Response>;
  /** Settles when the server has what was sent. */
  arrival(): Promise<unknown>;
}

/** The device of a chapter, with what its settings say. */
export async function createScene(origin: string, settings: readonly string[], wire: Wire): Promise<Scene> {
  let now = Date.UTC(2026, 10, 21);
  const timeouts = new Set<() => void>();
  const scene: Omit<Scene, 'client'> = {
    options: {
      url: 'https://eas.example.test',
      user: credentials.user,
      password: credentials.password,
      device: { id: DEVICE, type: 'T' },
      protocolVersion: '14.1',
      timeout: TIMEOUT,
      random: () => 1,
      applyPolicy(policy) {
        wire.tell(`applies ${policyText(policy)}`);
        return 1;
      },
      clock: {
        now: () => now,
        sleep(milliseconds, signal) {
          if (milliseconds === TIMEOUT) {
            return new Promise((resolve) => {
              timeouts.add(resolve);
              signal?.addEventListener('abort', () => timeouts.delete(resolve));
            });
          }
          now += milliseconds;
          wire.tell(`waits ${milliseconds / 1000} s`);
          return Promise.resolve();
        },
      },
      store: {
        load: () => scene.stored,
        save(data) {
          scene.stored = data;
        },
      },
      warn: ({ kind }) => wire.tell(`warns: ${kind}`),
      transport: (url, init) => wire.inOrder(() => fetch(locally(url, origin), { ...init, body: init.body })),
    },
    stored: null,
    death: Promise.resolve(),
    restart() {
      whole.client = createProvisioningClient(scene.options);
    },
    passTimeout() {
      for (const resolve of timeouts) resolve();
    },
  };
  for (const line of settings) await set(scene, line, wire);
  const whole: Scene = Object.assign(scene, { client: createProvisioningClient(scene.options) });
  return whole;
}

/** Who ends TLS here tells the host in the path: `https://one.example.test/x` comes in as `/one.example.test/x`. */
function locally(url: string, origin: string): string {
  return url.replace(/^https:\//, origin);
}

async function set(scene: Omit<Scene, 'client'>, line: string, wire: Wire): Promise<void> {
  const row = rows.find(([pattern]) => pattern.test(line));
  if (!row) throw new Error(`no such setting: ${line}`);
  await row[1](scene, row[0].exec(line)?.[1] ?? '', wire);
}

type Row = readonly [RegExp, (scene: Omit<Scene, 'client'>, word: string, wire: Wire) => unknown];

/** What a settings block can say. */
const rows: readonly Row[] = [
  [/^version (\d+\.\d)$/, ({ options }, version) => Object.assign(options, { protocolVersion: version })],
  [/^version negotiated$/, ({ options }) => delete options.protocolVersion],
  [/^device (\w+)$/, ({ options }, id) => Object.assign(options, { device: { id, type: 'T' } })],
  [/^queryForm (plain|base64)$/, ({ options }, queryForm) => Object.assign(options, { queryForm })],
  [/^responseLimit (\d+)$/, ({ options }, limit) => Object.assign(options, { responseLimit: Number(limit) })],
  [
    /^attempts (\d+)$/,
    ({ options }, n) => Object.assign(options, { limits: { ...options.limits, attempts: Number(n) } }),
  ],
  [/^cycles (\d+)$/, ({ options }, n) => Object.assign(options, { limits: { ...options.limits, cycles: Number(n) } })],
  [
    /^applies ([1-4])$/,
    ({ options }, status, { tell }) =>
      Object.assign(options, {
        applyPolicy(policy: PolicyData) {
          tell(`applies ${policyText(policy)}: ${status}`);
          return Number(status);
        },
      }),
  ],
  [
    /^dies while applying$/,
    (scene) => {
      const { applyPolicy } = scene.options;
      scene.death = new Promise((resolve) => {
        scene.options.applyPolicy = (policy, details) => {
          Object.assign(scene.options, { applyPolicy });
          applyPolicy?.(policy, details);
          resolve();
          return new Promise(() => {});
        };
      });
    },
  ],
  [
    /^confirms wipes$/,
    ({ options }, _word, { tell, arrival }) =>
      Object.assign(options, {
        confirmWipe: () => true,
        wipe: (scope: string) => arrival().then(() => tell(`wipes the ${scope}`)),
      }),
  ],
  [/^provisions first$/, ({ options }) => Object.assign(options, { provisionFirst: true })],
  [
    /^follows redirects$/,
    ({ options }, _word, { tell }) =>
      Object.assign(options, {
        followRedirect(url: string) {
          tell(`is asked whether to go to ${url}`);
          return true;
        },
      }),
  ],
  [/^holds (\d+)$/, ({ options }, policyKey) => settle(options, policyKey)],
];

function policyText(policy: PolicyData): string {
  if (typeof policy === 'string') return policy;
  const entries = Object.entries(policy).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return entries.length === 0 ? 'an empty policy' : entries.join(', ');
}

/** The device of every chapter that says nothing else. */
export const DEVICE = 'DEVICE0001';

const TIMEOUT = 30_001;
