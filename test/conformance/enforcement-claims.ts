/**
 * What the values of MS-ASPROV 2.2.2 ask of a device. The device obeys or does not; here each value is sent by a server
 * over the whole way to a device, and is held against what our table says that it asks.
 */
import { expect } from 'vitest';
import { carriedValues } from './carried.js';
import type { Claim } from './claim.js';
import { asks } from './ignoring-claims.js';
import { rowOf } from './policy.js';

export const enforcementClaims: readonly Claim[] = [
  {
    about: 'what a value asks of the device',
    pattern: /^(?<name>\w+)=(?<value>-?\d): (?<meaning>(?!client refrains|server accepts).+)$/,
    isObeyedByDevice: true,
    async check(named) {
      const name = named('name');
      const { kind } = rowOf(name);
      const value = kind.type === 'boolean' ? named('value') === '1' : Number(named('value'));
      await arrives(name, (set) => set === value);
      if (kind.type === 'boolean') expect(asks(name, value)).toBe(isDemand(named('meaning')));
      if ('values' in kind) expect(kind.values[Number(value)]).toBe(inOurWords(named('meaning')));
    },
  },
  {
    about: 'what any value above 0 asks of the device',
    pattern: /^(?<name>\w+)>0(?: with password enabled)?: .+$/,
    isObeyedByDevice: true,
    async check(named) {
      await arrives(named('name'), (value) => typeof value === 'number' && value > 0);
    },
  },
];

/** The device is given what the server has set, to the letter. */
async function arrives(name: string, holds: (value: unknown) => boolean): Promise<void> {
  const carried = await carriedValues(name, holds);
  expect(carried.length).toBeGreaterThan(0);
  for (const { set, applied } of carried) expect(applied).toEqual(set);
}

/** Whether a meaning asks anything of the device, or lets it be. */
function isDemand(meaning: string): boolean {
  const demand = /\b(?:forbidden|off|rejected|blocked|mandatory|manual sync|can store|encrypt)\b|^demanded$/.test(
    meaning,
  );
  const leave = /\b(?:permitted|accepted|may run|optional|stores no|stays on)\b|^not demanded$/.test(meaning);
  if (demand === leave) throw new Error(`does it ask for anything? ${meaning}`);
  return demand;
}

/** The meanings of numbered values, where our table has other words. */
const synonyms: Readonly<Record<string, string>> = {
  'Bluetooth off': 'not at all',
  'Bluetooth fully permitted': 'freely',
  'no negotiation': 'not at all',
  'strong algorithms only': 'to a strong algorithm',
  'any algorithm': 'to any algorithm',
  'every day': 'all',
  everything: 'all',
  'one day': '1 day',
  'three days': '3 days',
  'one week': '1 week',
  'two weeks': '2 weeks',
  'one month': '1 month',
  'three months': '3 months',
  'six months': '6 months',
  'SHA-1': 'SHA1',
};

function inOurWords(meaning: string): string {
  return synonyms[meaning] ?? meaning;
}
