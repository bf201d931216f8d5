/** The keys that a server issues: I14. */
import { isIssuablePolicyKey } from '../protocol/policy-key.js';
import type { Attacks } from './attack.js';
import { broken, holds } from './report.js';

export const issuedKeyAttacks = {
  'I14.form': {
    attack: 'The temporary and the permanent key are read: decimal, 1 to 4294967295.',
    async attempt(bench) {
      const device = bench.device();
      const temporary = await device.download();
      if (!isIssuablePolicyKey(temporary)) return broken(`the temporary key is ${JSON.stringify(temporary)}`);
      const { permanent } = await device.agree();
      return isIssuablePolicyKey(permanent) ? holds : broken(`the permanent key is ${JSON.stringify(permanent)}`);
    },
  },
  'I14.distinct': {
    attack: 'Two devices provision, and both once more: no key comes twice.',
    async attempt(bench) {
      const [one, other] = [bench.device(), bench.device()];
      const agreements = [await one.agree(), await other.agree(), await one.agree(), await other.agree()];
      const keys = agreements.flatMap(({ temporary, permanent }) => [temporary, permanent]);
      const twice = keys.find((key, at) => keys.indexOf(key) !== at);
      return twice === undefined ? holds : broken(`key ${twice} comes twice among ${keys.join(', ')}`);
    },
  },
  'I14.generator': {
    attack: 'The temporary keys of 24 devices: they do not count on, and are not all below a thousand millions.',
    once: true,
    async attempt(bench) {
      const keys: number[] = [];
      while (keys.length < SAMPLES) keys.push(Number(await bench.device().download()));
      const steps = keys.slice(1).map((key, at) => key - (keys[at] ?? 0));
      if (steps.every((step) => step > 0) || steps.every((step) => step < 0))
        return broken('each key is above the last');
      return keys.every((key) => key < 1e9) ? broken('no key has ten digits') : holds;
    },
  },
} as const satisfies Attacks;

/** By chance fewer than one run in 10^15 would have no key of ten digits, or all in order. */
const SAMPLES = 24;
