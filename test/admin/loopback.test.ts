import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLoopback } from '../../src/admin/loopback.js';

test('every address of 127.0.0.0/8 is one, with or without a port, and no other address is', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.option(fc.nat(65_535)), (address, port) => {
      const host = port === null ? address : `${address}:${port}`;
      expect(isLoopback(host)).toBe(address.startsWith('127.'));
      expect(isLoopback(host.replace(/^\d+/, '127'))).toBe(true);
    }),
  );
});

test('no name of another domain is one', () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      expect(isLoopback(domain)).toBe(false);
      expect(isLoopback(`localhost.${domain}`)).toBe(false);
      expect(isLoopback(`127.0.0.1.${domain}`)).toBe(false);
      expect(isLoopback(`${domain}:127`)).toBe(false);
    }),
  );
});

test.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '127.255.255.254:65535', '[::1]', '[::1]:8081'])(
  '%s is',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each([
  '',
  ':80',
  '127.1',
  '127.0.0.256',
  '127.0.0.01',
  '0177.0.0.1',
  '2130706433',
  '0.0.0.0',
  '[::ffff:127.0.0.1]',
  '::1',
  '[::1',
  'localhost:',
  'localhost:65536',
  'localhost@evil.example',
  'evil.example#localhost',
  'localhost.',
  'localhost evil',
])('%j is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});
