import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCookieJar } from '../../src/client/cookies.js';
import { createProvisioningClient } from '../../src/client/index.js';
import { anyText } from '../support/arbitraries/text.js';
import { folderSync, world } from './support/client.js';

const here = 'https://mail.example.com/Microsoft-Server-ActiveSync';
const now = Date.UTC(2026, 10, 21);

function echoed(...answers: readonly string[]) {
  const jar = createCookieJar();
  for (const cookie of answers) jar.keep(here, { 'set-cookie': cookie }, now);
  return jar.headersFor(here).Cookie;
}

describe('cookies', () => {
  test('are echoed without their attributes, several of one answer and the newest of each name', () => {
    expect(echoed('a=1; Path=/; Secure; HttpOnly, b=2; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'c="x"', 'a=3')).toBe(
      'a=3; b=2; c="x"',
    );
  });

  test('are forgotten when they expire', () => {
    expect(echoed('a=1, b=2', 'a=; Max-Age=0', 'b=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT')).toBeUndefined();
  });

  test.each([
    ['Max-Age=0', false],
    ['Max-Age=-60', false],
    ['Max-Age=60', true],
    ['Max-Age=060', true],
    ['Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', true],
    ['Max-Age=0; Expires=Wed, 09 Jun 2027 10:18:14 GMT', false],
    ['Expires=Sat, 21 Nov 2026 00:00:00 GMT', false],
    ['Expires=Sat, 21 Nov 2026 00:00:01 GMT', true],
    ['Expires=some day', true],
  ])('with %s are kept: %s, spaces or none', (attributes, isKept) => {
    for (const cookie of [`a=1; ${attributes}`, `a=1;${attributes.replace('; ', ';')}`]) {
      expect(echoed(cookie)).toBe(isKept ? 'a=1' : undefined);
    }
  });

  test.each([
    ['several without a space between them', 'a=1,b=2', 'a=1; b=2'],
    ['a space before the attributes', 'a=1 ; Path=/', 'a=1'],
    ['no value', 'a=; Path=/', 'a='],
    ['a value with a sign of equality', 'a=b=c', 'a=b=c'],
    ['attributes of nothing', 'HttpOnly; Path=/', undefined],
    ['a value of two words', 'a=1 2', undefined],
    ['no name', '=1', undefined],
  ])('are read as the standard has them: %s', (_, cookies, expected) => {
    expect(echoed(cookies)).toBe(expected);
  });

  test('are kept up to 4096 characters, of which there are no more than 50', () => {
    expect(echoed(`a=${'x'.repeat(4094)}`)).toHaveLength(4096);
    expect(echoed(`a=${'x'.repeat(4095)}`)).toBeUndefined();
    const full = Array.from({ length: 50 }, (_, i) => `c${i}=1`).join(', ');
    expect(echoed(full, 'c50=1', 'c49=2')?.split('; ').slice(48)).toEqual(['c48=1', 'c49=2']);
  });

  test('go to no other origin', () => {
    const jar = createCookieJar();
    jar.keep(here, { 'Set-Cookie': 'a=1' }, now);
    expect(jar.headersFor('https://other.example.com/Microsoft-Server-ActiveSync')).toEqual({});
    expect(jar.headersFor('http://mail.example.com/Microsoft-Server-ActiveSync')).toEqual({});
  });

  test('whatever the server sends, the header is one that can be sent, and bounded', () => {
    const cookie = fc.oneof(anyText(), fc.stringMatching(/^[a-c]=[ -~]{0,20}$/));
    fc.assert(
      fc.property(fc.array(cookie, { maxLength: 80 }), (answers) => {
        const sent = echoed(...answers) ?? 'none';
        expect(sent).toMatch(/^[\x20-\x7e]+$/);
        expect(sent.split('; ').length).toBeLessThanOrEqual(50);
      }),
    );
  });

  test('travel with every request after the one that set them', async () => {
    const { peer, options } = world({
      misbehave: (_, n) => (n === 1 ? { status: 449, headers: { 'Set-Cookie': 'a=1; Path=/' } } : undefined),
    });
    await createProvisioningClient(options).run(folderSync);
    expect(peer.received.map(({ headers }) => headers.Cookie)).toEqual([undefined, 'a=1', 'a=1', 'a=1']);
  });
});
