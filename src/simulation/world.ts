/** Everything that a simulation holds, and what can be done to all of it. */
import type { ProtocolVersion } from '../protocol/version.js';
import { createMemoryStore, type DeviceView } from '../server/index.js';
import { identity, session } from './account.js';
import { createDevice, type Device, type Surroundings, timerText } from './device.js';
import { createHost, DAY, type Host } from './host.js';
import { createJournal } from './journal.js';
import { policyOf } from './policies.js';
import { settled } from './settled.js';
import { createTimers, type Timer } from './timers.js';
import { createWire, type Packet } from './wire.js';

export type World = ReturnType<typeof createWorld>;

export function createWorld(protocolVersion: ProtocolVersion) {
  const timers = createTimers();
  const journal = createJournal(session, () => timers.now);
  const wire = createWire(journal);
  const store = createMemoryStore();
  const surroundings: Surroundings = {
    protocolVersion,
    timers,
    journal,
    wire,
    owner: { applies: 1, confirmsWipes: true },
    card: { text: null },
  };
  const administrator: { policy: number | null; policiesSet: number } = { policy: 1, policiesSet: 1 };
  let keys = FIRST_KEY;
  const hostParts = {
    timers,
    journal,
    store,
    policy: () => (administrator.policy === null ? null : policyOf(administrator.policy)),
    mintKey: () => String(keys++),
  };
  let device: Device = createDevice(surroundings);
  let host: Host = createHost(hostParts);
  let outcome: string | null = null;

  async function settle() {
    await settled();
    wire.sweep();
    outcome = device.outcome ?? outcome;
  }

  async function restartDevice(text: string) {
    device.crash();
    device = createDevice(surroundings);
    journal.note('client', text, await device.client.state());
  }

  async function deliver(packet: Packet) {
    timers.advance(LATENCY);
    wire.take(packet);
    if (packet.response) packet.caller.answer(packet.response);
    else {
      const { response, reason } = await host.handle(packet.request);
      wire.answer(packet, response, reason);
    }
  }

  function fire(timer: Timer) {
    wire.catchUp();
    timers.fire(timer);
    journal.note('environment', timerText(timer));
  }

  return {
    timers,
    journal,
    wire,
    owner: surroundings.owner,
    administrator,
    settle,
    deliver,
    fire,
    get device() {
      return device;
    },
    get devices() {
      return host.devices;
    },
    get outcome() {
      return outcome;
    },
    view: (): Promise<DeviceView | null> => host.devices.read(identity),
    crashDevice: () => restartDevice('crashes, and starts again from what it stored'),
    forgetKey() {
      surroundings.card.text = null;
      return restartDevice('starts again, and has forgotten everything');
    },
    /** No request is ever in its hands between two moves; what it answered is on the wire. */
    crashServer() {
      host = createHost(hostParts);
      journal.note('server', 'crashes, and starts again from what it stored');
    },
    async passTime() {
      const end = timers.now + DAY;
      journal.note('environment', 'a day passes');
      for (let [next] = timers.waiting; next && next.due <= end; [next] = timers.waiting) {
        fire(next);
        await settle();
      }
      timers.advance(end - timers.now);
    },
  };
}

const FIRST_KEY = 100;

/** Milliseconds that a message is on its way. */
const LATENCY = 50;
