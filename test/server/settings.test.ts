import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isIssuablePolicyKey } from '../../src/protocol/policy-key.js';
import { versions } from '../../src/protocol/version.js';
import type { ServerOptions } from '../../src/server/index.js';
import { strictRules } from '../../src/server/judge.js';
import { mintFresh, mintPolicyKey, settingsOf } from '../../src/server/settings.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const required: ServerOptions = { authenticate: () => null, policyFor: () => null, commands: () => ({}) };

/** Options as a caller without types may pass them. */
const given = (options: object) => () => settingsOf({ ...required, ...options });

describe('an option that can not be meant is a TypeError that names it', () => {
  test.each(['authenticate', 'policyFor', 'commands'])('%s is no function', (name) => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.constant(undefined)), (value) => {
        expect(given({ [name]: value })).toThrow(TypeError);
        expect(given({ [name]: value })).toThrow(new RegExp(`^${name}:`));
      }),
    );
  });

  test.each(['refreshInterval', 'offerLifetime', 'maxBody', 'wipeDelivery'])('%s is not above 0', (name) => {
    const wrong = fc.oneof(
      fc.double({ max: 0 }),
      fc.integer({ max: 0 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, null, 'soon', '3600000', {}),
    );
    fc.assert(
      fc.property(wrong, (value) => {
        expect(given({ [name]: value })).toThrow(TypeError);
        expect(given({ [name]: value })).toThrow(new RegExp(`^${name}:`));
      }),
    );
  });

  test.each(['spread', 'sightings'])('%s is below 0, or no number', (name) => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, null, '5']) {
      expect(given({ [name]: value })).toThrow(new RegExp(`^${name}:`));
    }
    expect(given({ [name]: 0 })).not.toThrow();
  });

  test('an exemption that names nothing', () => {
    expect(given({ exemptions: [{ name: 'everyone' }] })).toThrow(/^exemptions:/);
  });

  test.each([[[]], [['14.2']], [['14.1', '3.0']], [['toString']], [[14.1]]])('versions are %j', (value) => {
    const text = 'versions: expected some of 2.5, 12.0, 12.1, 14.0, 14.1, 16.0, 16.1';
    expect(given({ versions: value })).toThrow(new TypeError(text));
  });
});

describe('what is not said', () => {
  test('is strict, serves every version, and keeps its promises about units', () => {
    const settings = settingsOf(required);
    expect(settings).toMatchObject({
      versions,
      acknowledgments: strictRules,
      allowNonProvisionable: false,
      requireDeviceInformation: true,
      refreshInterval: null,
      offerLifetime: 3_600_000,
      maxBody: 1_048_576,
      spread: 0,
      whilePolicyFails: 'refuse',
      exemptions: [],
      admitDeviceInformation: false,
      wipeDelivery: 2_592_000_000,
      explainRefusals: false,
      seen: null,
      clock: Date.now,
      random: Math.random,
    });
    expect(settings.store.get('anyone')).toBeNull();
    expect(isIssuablePolicyKey(settings.mintKey())).toBe(true);
  });

  test('an option that is undefined is not said', () => {
    const names = ['store', 'mintKey', 'clock', 'versions', 'requireDeviceInformation', 'offerLifetime', 'maxBody'];
    const unsaid = Object.fromEntries(names.map((name) => [name, undefined]));
    const { store, ...settings } = settingsOf({ ...required, ...unsaid });
    const { store: _, ...usual } = settingsOf(required);
    expect(settings).toEqual(usual);
    expect(store.get('anyone')).toBeNull();
  });

  test('chance is the host’s where it gives one', () => {
    const random = () => 0.5;
    expect(settingsOf({ ...required, random }).random).toBe(random);
  });

  test('one rule for acknowledgments leaves the others strict', () => {
    const { acknowledgments } = settingsOf({ ...required, acknowledgments: { externallyManaged: 'accept' } });
    expect(acknowledgments).toEqual({ partial: 'refuse', notApplied: 'refuse', externallyManaged: 'accept' });
  });

  test('versions are served each once and oldest first, however they are listed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...versions), { minLength: 1 }), (listed) => {
        const served = settingsOf({ ...required, versions: listed }).versions;
        expect(served).toEqual(versions.filter((version) => listed.includes(version)));
      }),
    );
  });
});

describe('mintPolicyKey', () => {
  test('always gives a key that may be issued, whatever the generator draws (I14) [R606 R711]', () => {
    const draws = fc.array(fc.constantFrom(0, 1, 0xffff_ffff, 0x8000_0000), { maxLength: 5 });
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 0xffff_ffff }), (early, last) => {
        const left = [...early, last];
        const expected = left.find((number) => number !== 0);
        vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
          if (array instanceof Uint32Array) array[0] = left.shift() ?? 0;
          return array;
        });
        const key = mintPolicyKey();
        expect(isIssuablePolicyKey(key)).toBe(true);
        expect(key).toBe(String(expected));
      }),
    );
  });

  test('two keys are not the same one', () => {
    const minted = Array.from({ length: 16 }, mintPolicyKey);
    expect(new Set(minted).size).toBeGreaterThan(1);
    expect(minted.every(isIssuablePolicyKey)).toBe(true);
  });
});

describe('mintFresh', () => {
  test('gives the first key that is not known, and none that is', () => {
    const key = fc.constantFrom<string[]>('11', '22', '33', '44');
    fc.assert(
      fc.property(fc.array(fc.option(key), { maxLength: 3 }), fc.array(key, { maxLength: 14 }), (known, early) => {
        const drawn = [...early, '55'];
        const left = [...drawn];
        expect(mintFresh(() => left.shift() ?? '55', known)).toBe(drawn.find((draw) => !known.includes(draw)));
      }),
    );
  });

  test.each(['0', '', '00', '007', '4294967296', '-1', '1.5', ' 1', 'key'])('%j is no key', (minted) => {
    const fault = new TypeError('mintKey: expected the decimal text of 1 to 4294967295');
    expect(() => mintFresh(() => minted, [])).toThrow(fault);
  });

  test('a generator that only knows old keys is given up after 16 draws', () => {
    const stuckFor = (draws: number) => {
      const left = Array.from({ length: draws }, () => '11');
      return () => left.pop() ?? '22';
    };
    expect(mintFresh(stuckFor(15), [null, '11'])).toBe('22');
    const fault = new TypeError('mintKey: expected a new key each time');
    expect(() => mintFresh(stuckFor(16), [null, '11'])).toThrow(fault);
  });
});
