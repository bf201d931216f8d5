/** What each move does, and whether it would do anything now: one row each. */
import type { AcknowledgmentStatus, WipeScope } from '../../machines/index.js';
import { identity } from './account.js';
import type { MoveName } from './moves.js';
import type { SimulationSettings } from './simulation.js';
import type { Packet } from './wire.js';
import type { World } from './world.js';

/** What is known between two moves without asking anybody. */
export interface Standing {
  readonly settings: SimulationSettings;
  /** Whether the device completed a wipe and is shut out. */
  readonly isOut: boolean;
}

interface Action {
  readonly can: (world: World, standing: Standing) => boolean;
  readonly act: (world: World) => unknown;
}

export const actions = {
  command: {
    can: ({ device }) => device.running < MAX_COMMANDS,
    act: ({ device }) => device.command(),
  },
  step: {
    can: ({ wire, timers }) => wire.packets.length > 0 || timers.waiting.length > 0,
    act: step,
  },
  drop: {
    can: ({ wire }) => wire.packets.length > 0,
    act: ({ wire }) => first(wire.packets, wire.lose),
  },
  duplicate: {
    can: ({ wire: { packets } }) => packets[0]?.response === null && packets.length < MAX_PACKETS,
    act: ({ wire }) => first(wire.packets, wire.repeat),
  },
  delay: {
    can: ({ wire: { packets }, timers }) =>
      packets.length > 1 || (packets[0]?.isLate === false && timers.waiting.length > 0),
    act: ({ wire }) => first(wire.packets, wire.delay),
  },
  accept: applying(1, 'will apply policies fully'),
  applyPartly: applying(2, 'will apply policies in part'),
  refuse: applying(3, 'will not apply policies'),
  managedElsewhere: applying(4, 'will say that others manage it'),
  confirmWipes: confirming(true, 'will agree to wipes'),
  refuseWipes: confirming(false, 'will not agree to wipes'),
  forgetKey: { can: always, act: ({ forgetKey }) => forgetKey() },
  crashDevice: { can: always, act: ({ crashDevice }) => crashDevice() },
  crashServer: { can: always, act: ({ crashServer }) => crashServer() },
  changePolicy: {
    can: always,
    act({ administrator, journal }) {
      administrator.policiesSet += 1;
      administrator.policy = administrator.policiesSet;
      journal.note('environment', `the administrator sets policy ${administrator.policy}`);
    },
  },
  removePolicy: {
    can: (_world, { settings }) => settings.policy !== null,
    act({ administrator, journal }) {
      administrator.policy = null;
      journal.note('environment', 'the administrator sets no policy any more');
    },
  },
  wipeDevice: wiping('device', 'the administrator orders a wipe of everything'),
  wipeAccount: wiping('account', 'the administrator orders a wipe of the account'),
  cancelWipe: {
    can: (_world, { settings }) => settings.wipe !== null,
    act({ devices, journal }) {
      journal.note('environment', 'the administrator takes the wipe back');
      return devices.cancelWipe(identity);
    },
  },
  readmit: {
    can: (_world, { isOut }) => isOut,
    act({ devices, journal }) {
      journal.note('environment', 'the administrator lets the device in again');
      return devices.readmit(identity);
    },
  },
  passTime: { can: always, act: ({ passTime }) => passTime() },
} as const satisfies Record<MoveName, Action>;

/** Messages first, then timers, then what is late. */
function step({ wire, timers, deliver, fire }: World): unknown {
  const [packet] = wire.packets;
  const [timer] = timers.waiting;
  if (packet && (!packet.isLate || !timer)) return deliver(packet);
  return timer && fire(timer);
}

function first(packets: readonly Packet[], act: (packet: Packet) => void): void {
  if (packets[0]) act(packets[0]);
}

function applying(status: AcknowledgmentStatus, text: string): Action {
  return {
    can: (_world, { settings }) => settings.applies !== status,
    act({ owner, journal }) {
      owner.applies = status;
      journal.note('client', text);
    },
  };
}

function confirming(isWilling: boolean, text: string): Action {
  return {
    can: (_world, { settings }) => settings.confirmsWipes !== isWilling,
    act({ owner, journal }) {
      owner.confirmsWipes = isWilling;
      journal.note('client', text);
    },
  };
}

/** A lesser wipe does not take the place of a greater one (I5). */
function wiping(scope: WipeScope, text: string): Action {
  return {
    can: (_world, { settings: { wipe } }) => wipe !== scope && wipe !== 'device',
    act({ devices, journal }) {
      journal.note('environment', text);
      return devices.wipe(identity, scope);
    },
  };
}

function always(): boolean {
  return true;
}

/** At once. */
const MAX_COMMANDS = 4;
/** Copies of copies are not made without end. */
const MAX_PACKETS = 16;
