/** A policy that changes: I4. */
import { sketch } from './answer.js';
import type { Attacks } from './attack.js';
import { Untried } from './ports.js';
import { broken, holds } from './report.js';

export const policyAttacks = {
  'I4.change': {
    attack: 'A flag of the policy changes, and FolderSync is sent under the old key in each version.',
    needs: ['Administration'],
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      if (!(await device.opens(permanent))) throw new Untried('FolderSync does not pass under the permanent key');
      await bench.changePolicy('flag');
      for (const version of bench.versions) {
        if (await device.opens(permanent, { version }))
          return broken(`the old key still opens FolderSync in ${version}`);
      }
      return holds;
    },
  },
  'I4.download-only': {
    attack: 'The changed policy is downloaded and not acknowledged, and FolderSync is sent under the old key.',
    needs: ['Administration'],
    async attempt(bench) {
      const device = bench.device();
      const { permanent } = await device.agree();
      await bench.changePolicy('length');
      if (await device.opens(permanent)) throw new Untried('the change itself is not noticed');
      await device.download();
      return (await device.opens(permanent)) ? broken('the download alone makes the old key good again') : holds;
    },
  },
  'I4.versions': {
    attack: 'A device provisions in one version and sends FolderSync in the others.',
    once: true,
    async attempt(bench) {
      const others = bench.versions.filter((version) => version !== bench.version);
      if (others.length === 0) throw new Untried('there is one version only');
      const device = bench.device();
      const { permanent } = await device.agree();
      for (const version of [bench.version, ...others]) {
        const answer = await device.folderSync(permanent, { version });
        if (answer.standing === 'Passed') continue;
        if (version === bench.version) throw new Untried(`FolderSync under the permanent key: ${sketch(answer)}`);
        return broken(`provisioned in ${bench.version}, refused in ${version} (${sketch(answer)})`);
      }
      return holds;
    },
  },
} as const satisfies Attacks;
