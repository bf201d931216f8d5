import { type ProvisioningState, start } from '../../machines/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { actions, type Standing } from './actions.js';
import { timerText } from './device.js';
import type { MoveName } from './moves.js';
import { MAX_MOVES } from './permalink.js';
import type { Simulation, Waiting } from './simulation.js';
import { createWorld, type World } from './world.js';

/**
 * A client and a server as they ship, with a link, a clock and people that wait to be told. Policy 1 is set, the device
 * applies policies fully and agrees to wipes. Keys count from 100, time from 0. It ends after {@link MAX_MOVES} moves:
 * then nothing can be done any more.
 */
export async function createSimulation({
  protocolVersion,
}: {
  readonly protocolVersion: ProtocolVersion;
}): Promise<Simulation> {
  const world = createWorld(protocolVersion);
  const done: MoveName[] = [];
  let now = await lookAt(world);
  let last: Promise<unknown> = Promise.resolve();

  const can = (move: MoveName) => done.length < MAX_MOVES && actions[move].can(world, now);

  async function perform(move: MoveName) {
    if (!can(move)) return;
    done.push(move);
    await actions[move].act(world);
    await world.settle();
    now = await lookAt(world);
  }

  return {
    protocolVersion,
    entries: world.journal.entries,
    moves: done,
    get waiting() {
      return waitingIn(world);
    },
    get client() {
      return now.client;
    },
    get server() {
      return now.server;
    },
    get settings() {
      return now.settings;
    },
    get outcome() {
      return world.outcome;
    },
    can,
    do(move) {
      const turn = last.then(() => perform(move));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

interface Sight extends Standing {
  readonly client: ProvisioningState<'client'>;
  readonly server: ProvisioningState<'server'>;
}

/** How everything stands, once nothing moves any more. */
async function lookAt({ device, view, owner, administrator }: World): Promise<Sight> {
  const client = await device.client.state();
  const seen = await view();
  const wipe = seen?.wipe && seen.wipe.progress !== 'Completed' ? seen.wipe.scope : null;
  return {
    client,
    server: seen?.state ?? stranger,
    isOut: (seen?.wiped ?? null) !== null,
    settings: { ...owner, policy: administrator.policy, wipe },
  };
}

function waitingIn({ wire: { packets }, timers }: World): readonly Waiting[] {
  const messages = packets.map(({ entry: { id, direction, command, summary }, isLate }) => ({
    isLate,
    waiting: { kind: direction === 'request' ? 'Request' : 'Answer', message: id, text: `${command}: ${summary}` },
  })) satisfies { isLate: boolean; waiting: Waiting }[];
  const clocks = timers.waiting.map((timer): Waiting => ({ kind: 'Timer', message: null, text: timerText(timer) }));
  const those = (late: boolean) => messages.filter(({ isLate }) => isLate === late).map(({ waiting }) => waiting);
  return [...those(false), ...clocks, ...those(true)];
}

const stranger = start('server');
