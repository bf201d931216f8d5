/** A wipe stands ordered: I5. */
import { isAtLeast } from '../protocol/version.js';
import { keyIn, sketch } from './answer.js';
import type { Attack, Attacks } from './attack.js';
import type { Bench } from './bench.js';
import type { Agreed, ProbeDevice } from './device.js';
import { Untried } from './ports.js';
import { broken, type Finding, holds } from './report.js';

const needs = ['Administration'] as const satisfies Attack['needs'];

export const wipeAttacks = {
  'I5.outranks': {
    attack: 'A wipe is ordered; the device goes on, and acknowledges a policy in place of it.',
    needs,
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      const temporary = await device.download();
      await bench.orderWipe(device, 'device');
      for (const key of [permanent, temporary, '0', null]) {
        if (await device.opens(key)) return broken(`FolderSync passes under key ${key}`);
      }
      const earned = keyIn(await device.acknowledge(temporary, 1));
      if (earned !== null && (await device.opens(earned))) return broken('the acknowledgment earns a key');
      return stillDirected(device, permanent);
    },
  },
  'I5.failed-is-not-done': {
    attack: 'The directive is answered with Status 2.',
    needs,
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await directed(bench, device);
      await device.provision({ remoteWipe: { status: 2 } });
      return stillDirected(device, permanent);
    },
  },
  'I5.unauthenticated': {
    attack: 'While a wipe is pending, a wrong password asks for the directive and answers it with Status 2.',
    needs,
    once: true,
    async attempt(bench) {
      const device = bench.device();
      const as = 'wrong password';
      if ((await device.folderSync('0', { as })).standing !== 'Refused') throw new Untried('it is answered anyway');
      const { permanent } = await directed(bench, device);
      const answers = [
        await device.folderSync(permanent, { as }),
        await device.initial({ as }),
        await device.provision({ remoteWipe: { status: 2 } }, { as }),
      ];
      const answered = answers.find(({ standing, httpStatus }) => standing !== 'Refused' || httpStatus < 300);
      return answered ? broken(`a wrong password is answered (${sketch(answered)})`) : stillDirected(device, permanent);
    },
  },
  'I5.account-only': {
    attack: 'A wipe of the account is ordered, and asked for in a version that may not know it.',
    needs,
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      await bench.orderWipe(device, 'account');
      const answer = await device.initial();
      const { remoteWipe, accountOnlyRemoteWipe } = answer.message;
      const isKnown = isAtLeast(bench.version, '16.1');
      if (remoteWipe) return broken('it is directed to wipe the whole device');
      if (accountOnlyRemoteWipe && !isKnown) return broken('the directive is sent to a version that does not know it');
      if (!accountOnlyRemoteWipe && isKnown) return broken(`no directive (${sketch(answer)})`);
      return (await device.opens(permanent)) ? broken('FolderSync passes under the old key') : holds;
    },
  },
  'I5.answer-of-another': {
    attack: 'Another device of the user says that the wipe is done.',
    needs: ['Administration', 'WipeConfirmation'],
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await directed(bench, device);
      await bench.device().provision({ remoteWipe: { status: 1 } });
      return stillDirected(device, permanent);
    },
  },
  'I5.after-the-wipe': {
    attack: 'The device says that the wipe is done, and goes on under its old key.',
    needs: ['Administration', 'WipeConfirmation'],
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await directed(bench, device);
      await device.provision({ remoteWipe: { status: 1 } });
      return (await device.opens(permanent)) ? broken('FolderSync passes under the old key') : holds;
    },
  },
} as const satisfies Attacks;

/** A provisioned device that was told to wipe itself. */
async function directed(bench: Bench, device: ProbeDevice): Promise<Agreed> {
  const agreed = await device.agree();
  await bench.orderWipe(device, 'device');
  const answer = await device.initial();
  if (!answer.message.remoteWipe) throw new Untried(`the order is not directed: ${sketch(answer)}`);
  return agreed;
}

/** The order stands: the old key opens nothing, and Provision brings the directive. */
async function stillDirected(device: ProbeDevice, permanent: string): Promise<Finding> {
  if (await device.opens(permanent)) return broken('afterwards FolderSync passes under the old key');
  const answer = await device.initial();
  return answer.message.remoteWipe ? holds : broken(`afterwards the directive is gone (${sketch(answer)})`);
}
