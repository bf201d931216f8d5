/** The number and its place: I9. */
import { type ProtocolVersion, protocolVersions } from '../../../src/protocol/version.js';
import { serverReasons } from '../../../src/server/index.js';
import { bare, statusOf } from './seen.js';
import { type BrokenServer, edited, messageIn, type World } from './world.js';

export const brokenSignals: readonly BrokenServer[] = [
  {
    finder: 'I9.place',
    breaks: '449 in every version',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      return demanded(world) !== null && inBody(request.version) ? bare(449) : answer;
    },
  },
  {
    finder: 'I9.place',
    breaks: 'a Status in the body in every version',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const status = demanded(world);
      return status !== null && !inBody(request.version) ? statusOf(request, status) : answer;
    },
  },
  {
    finder: 'I9.one-signal',
    breaks: '449 and a Status in the body besides',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const status = demanded(world);
      return status !== null && inBody(request.version) ? { ...answer, status: 449 } : answer;
    },
  },
  {
    finder: 'I9.numbers',
    breaks: 'always 142',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const status = demanded(world);
      const isPolicy = status !== null && status !== 140;
      return isPolicy && inBody(request.version) ? statusOf(request, 142) : answer;
    },
  },
  {
    finder: 'I9.provision-numbers',
    breaks: 'the numbers of Provision are off by one',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      const { status = 0 } = messageIn(answer);
      return [139, 145, 165].includes(status) ? edited(answer, { status: status - 1 }) : answer;
    },
  },
  {
    finder: 'I9.wipe-number',
    breaks: '140 in the body of 12.1',
    handle: (world) => async (request) => {
      const answer = await world.serve(request.http);
      return demanded(world) === 140 && !inBody(request.version) ? statusOf(request, 140) : answer;
    },
  },
];

/** The status of the last refusal, if it was to provision or to be wiped. */
function demanded(world: World): number | null {
  const reason = world.last()?.reason;
  const status = reason ? serverReasons[reason].status : null;
  return status !== null && status >= 140 && status <= 144 ? status : null;
}

function inBody(version: ProtocolVersion): boolean {
  return protocolVersions[version].signal === 'status';
}
