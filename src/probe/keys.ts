/** Keys without an agreement: I1, I2, I3. */
import { type Answer, keyIn, sketch } from './answer.js';
import type { Attacks } from './attack.js';
import type { Bench } from './bench.js';
import type { ProbeDevice } from './device.js';
import { Untried } from './ports.js';
import { broken, type Finding, holds } from './report.js';

export const keyAttacks = {
  'I1.invented-key': {
    attack: 'A key that was never offered is acknowledged, without a download before.',
    async attempt(bench) {
      const device = bench.device();
      return earned(device, () => device.acknowledge(INVENTED, 1), [INVENTED]);
    },
  },
  'I1.other-device': {
    attack: 'The temporary key of one device is acknowledged by another of the same user.',
    async attempt(bench) {
      const temporary = await bench.device().download();
      const thief = bench.device();
      return earned(thief, () => thief.acknowledge(temporary, 1), [temporary]);
    },
  },
  'I1.other-user': {
    attack: 'The temporary key of one user is acknowledged by another, on a device of the same id.',
    needs: ['SecondAccount'],
    async attempt(bench) {
      const device = bench.device();
      const temporary = await device.download();
      const answer = await device.acknowledge(temporary, 1, { as: 'second user' });
      const key = keyIn(answer);
      const works = key !== null && (await device.opens(key, { as: 'second user' }));
      return works ? broken(`it earned a key that opens FolderSync (${sketch(answer)})`) : holds;
    },
  },
  'I1.used-twice': {
    attack: 'A temporary key is acknowledged again after a command passed under what it earned.',
    async attempt(bench) {
      const device = bench.device();
      const { temporary, permanent } = await device.agree();
      await expectOpens(device, permanent);
      const again = keyIn(await device.acknowledge(temporary, 1));
      const works = again !== null && (await device.opens(again));
      return works ? broken(`it earned a second key that opens FolderSync`) : holds;
    },
  },
  'I1.replaced-offer': {
    attack: 'Two downloads, and the key of the first is acknowledged.',
    async attempt(bench) {
      const device = bench.device();
      const [first, second] = [await device.download(), await device.download()];
      if (first === second) throw new Untried('both downloads brought the same key');
      return earned(device, () => device.acknowledge(first, 1), []);
    },
  },
  'I1.older-revision': {
    attack: 'The policy changes between download and acknowledgment.',
    needs: ['Administration'],
    async attempt(bench) {
      const device = bench.device();
      const temporary = await device.download();
      await bench.changePolicy('length');
      return earned(device, () => device.acknowledge(temporary, 1), []);
    },
  },
  'I1.wipe-answer': {
    attack: 'A device that nobody ordered to wipe says that it did.',
    needs: ['WipeConfirmation'],
    async attempt(bench) {
      const device = bench.device();
      return earned(device, () => device.provision({ remoteWipe: { status: 1 } }), ['0', null]);
    },
  },
  'I2.temporary-key': {
    attack: 'FolderSync and Sync are sent under the temporary key, before and after its acknowledgment.',
    async attempt(bench) {
      const device = bench.device();
      const temporary = await device.download();
      if (await device.opens(temporary)) return broken('FolderSync passes under the temporary key');
      const sync = await device.send('Sync', { key: temporary });
      if (sync.standing === 'Passed') return broken('Sync passes under the temporary key');
      const permanent = keyIn(await device.acknowledge(temporary, 1));
      if (permanent === temporary) return broken('the temporary key becomes the permanent one');
      return (await device.opens(temporary)) ? broken('FolderSync passes under an acknowledged temporary key') : holds;
    },
  },
  'I3.not-applied': {
    attack: 'The policy is acknowledged as applied in part (2), not at all (3), managed by others (4).',
    attempt: (bench) => eachRefused(bench, [2, 3, 4], true),
  },
  'I3.unknown-status': {
    attack: 'The policy is acknowledged with Status 0, 5 and 255, and without one.',
    attempt: (bench) => eachRefused(bench, [0, 5, 255, null], true),
  },
  'I3.key-beside-refusal': {
    attack: 'The policy is acknowledged with 2, 3 and 4, and the refusal is searched for a PolicyKey.',
    attempt: (bench) => eachRefused(bench, [2, 3, 4], false),
  },
} as const satisfies Attacks;

/** Broken where a key that the answer brought opens FolderSync, or one of the others that did not before. */
async function earned(
  device: ProbeDevice,
  act: () => Promise<Answer>,
  others: readonly (string | null)[],
): Promise<Finding> {
  const closed: (string | null)[] = [];
  for (const other of others) if (!(await device.opens(other))) closed.push(other);
  const answer = await act();
  const key = keyIn(answer);
  for (const candidate of key === null ? closed : [key, ...closed]) {
    if (await device.opens(candidate)) return broken(`FolderSync passes under key ${candidate} (${sketch(answer)})`);
  }
  return holds;
}

/** `working` asks whether it earned anything, otherwise whether a key is there that opens nothing. */
async function eachRefused(bench: Bench, statuses: readonly (number | null)[], working: boolean): Promise<Finding> {
  for (const status of statuses) {
    const device = bench.device();
    const answer = await device.acknowledge(await device.download(), status);
    const key = keyIn(answer);
    if (key === null) continue;
    const [words, works] = [`Status ${status ?? 'missing'} (${sketch(answer)})`, await device.opens(key)];
    if (working && works) return broken(`${words} earns a key that opens FolderSync`);
    if (!working && !works) return broken(`${words}: the refusal carries a key`);
  }
  return holds;
}

async function expectOpens(device: ProbeDevice, key: string): Promise<void> {
  const answer = await device.folderSync(key);
  if (answer.standing !== 'Passed') throw new Untried(`FolderSync under the permanent key: ${sketch(answer)}`);
}

/** Of a shape that every server could have given; the chance that it is the right one is one in four thousand millions. */
const INVENTED = '1234567890';
