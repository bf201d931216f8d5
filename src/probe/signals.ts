/** The number and its place: I9. */
import { elementsOf } from '../protocol/command.js';
import { isAtLeast, type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import { type Answer, keyIn, sketch } from './answer.js';
import type { Attacks } from './attack.js';
import type { Bench } from './bench.js';
import { Untried } from './ports.js';
import { broken, holds } from './report.js';

export const signalAttacks = {
  'I9.place': {
    attack: 'FolderSync of a stranger: HTTP 449 up to 12.1, a Status in the body of FolderSync from 14.0 on.',
    async attempt(bench) {
      const answer = await demand(bench);
      if (protocolVersions[bench.version].signal === 'http') {
        return answer.httpStatus === 449 ? holds : broken(`${sketch(answer)} in place of HTTP 449`);
      }
      const elements = elementsOf(bench.version, 'FolderSync');
      const isItsOwn = answer.document?.name === elements?.root && answer.told?.name === elements?.status;
      return isItsOwn ? holds : broken(`${sketch(answer)} in place of a Status of FolderSync`);
    },
  },
  'I9.one-signal': {
    attack: 'FolderSync of a stranger: HTTP 449 or a Status, not both.',
    async attempt(bench) {
      const answer = await demand(bench);
      return answer.httpStatus === 449 && answer.told ? broken(`${sketch(answer)}: both`) : holds;
    },
  },
  'I9.numbers': {
    attack: 'FolderSync of a provisioned device without a key (141), under key 0 (142) and under another key (144).',
    since: '14.0',
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      const expected = [
        [null, 141],
        ['0', 142],
        [another(permanent), 144],
      ] as const;
      let seen = 0;
      for (const [key, status] of expected) {
        const answer = await device.folderSync(key);
        if (answer.standing !== 'Demanded' || !answer.told) continue;
        seen += 1;
        if (answer.told.status !== status) return broken(`${answer.told.status} in place of ${status}`);
      }
      if (seen === 0) throw new Untried('nothing is demanded by a number');
      return holds;
    },
  },
  'I9.provision-numbers': {
    attack:
      'Provision without DeviceInformation (165, from 14.1 on); the policy acknowledged as applied in part (139), as managed by others (145).',
    since: '14.0',
    async attempt(bench) {
      const device = bench.device();
      const bare = { policies: [{ policyType: protocolVersions[bench.version].policyType }] };
      const undescribed = isAtLeast(bench.version, '14.1') ? await device.provision(bare) : null;
      const refusals = [
        [undescribed, 165],
        [await device.acknowledge(await device.download(), 2), 139],
        [await device.acknowledge(await device.download(), 4), 145],
      ] as const;
      for (const [answer, status] of refusals) {
        // A server may be set to mind none of the three.
        if (answer === null || keyIn(answer) !== null) continue;
        if (answer.told?.status !== status) return broken(`${sketch(answer)} in place of ${status}`);
      }
      return holds;
    },
  },
  'I9.wipe-number': {
    attack: 'FolderSync while a wipe is pending: HTTP 449, or 403 without a key, up to 12.1; Status 140 from 14.0 on.',
    needs: ['Administration'],
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      await bench.orderWipe(device, 'device');
      for (const key of [permanent, null]) {
        const answer = await device.folderSync(key);
        const expected = announcement(bench.version, key);
        if (answer.httpStatus !== expected.http || (answer.told?.status ?? null) !== expected.status) {
          return broken(`${sketch(answer)} ${key === null ? 'without a key' : 'under the permanent key'}`);
        }
      }
      return holds;
    },
  },
} as const satisfies Attacks;

/** What a server says to a stranger, where it says anything. */
async function demand(bench: Bench): Promise<Answer> {
  const answer = await bench.device().folderSync('0');
  if (answer.standing !== 'Demanded') throw new Untried(`nothing is demanded of a stranger: ${sketch(answer)}`);
  return answer;
}

/** MS-ASCMD 2.2.2, row 140. */
function announcement(version: ProtocolVersion, key: string | null): { http: number; status: number | null } {
  if (protocolVersions[version].signal === 'status') return { http: 200, status: 140 };
  return { http: key === null ? 403 : 449, status: null };
}

function another(key: string): string {
  return key === '1' ? '2' : '1';
}
