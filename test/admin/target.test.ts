import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAdministrationTarget } from '../../src/admin/target.js';
import { anyText } from '../support/arbitraries/text.js';

const segment = anyText({ minLength: 1 }).filter((text) => !/\p{Surrogate}/u.test(text) && !/^\.\.?$/.test(text));

test('segments come as they were before they were escaped, whatever is in them', () => {
  fc.assert(
    fc.property(
      fc.array(segment, { minLength: 1 }),
      fc.constantFrom('', 'http://127.0.0.1:80', 'HTTPS://h'),
      (segments, origin) => {
        const path = segments.map((text) => `/${encodeURIComponent(text)}`).join('');
        const target = readAdministrationTarget(`${origin}${path}?a=1?b/../c`);
        expect(target).toEqual({ authority: origin.split('//')[1] ?? null, segments, query: 'a=1?b/../c' });
      },
    ),
  );
});

test('it is total', () => {
  fc.assert(
    fc.property(anyText(), (url) => {
      const { segments } = readAdministrationTarget(url);
      expect(segments?.some((text) => text === '' || text === '.' || text === '..') ?? false).toBe(false);
    }),
  );
});

test.each([
  '',
  '/',
  'devices',
  '//devices',
  '/devices/',
  '/devices//d1',
  '/devices/./d1',
  '/devices/../policy',
  '/devices/%2e%2E/policy',
  '/devices/.%2e/policy',
  '/devices/%ff/d1',
  '/devices/%/d1',
  '/devices/%u0061/d1',
  '/devices/%ED%A0%80/d1',
  'http://127.0.0.1',
  '*',
])('%j names nothing', (url) => {
  expect(readAdministrationTarget(url).segments).toBeNull();
});

test('an escaped slash separates nothing', () => {
  expect(readAdministrationTarget('/devices/a%2Fb/d1').segments).toEqual(['devices', 'a/b', 'd1']);
  expect(readAdministrationTarget('/devices%2Fa/d1').segments).toEqual(['devices/a', 'd1']);
});
