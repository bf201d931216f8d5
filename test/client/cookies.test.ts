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
    expect(echoed(Array.from({ length: 99 }, (_, i) => `c${i}=1`).join(', '))?.split('; ')).toHaveLength(50);
    expect(echoed(`a=${'x'.repeat(5000)}`)).toBeUndefined();
  });

  test('travel with every request after the one that set them', async () => {
    const { peer, options } = world({
      misbehave: (_, n) => (n === 1 ? { status: 449, headers: { 'Set-Cookie': 'a=1; Path=/' } } : undefined),
    });
    await createProvisioningClient(options).run(folderSync);
    expect(peer.received.map(({ headers }) => headers.Cookie)).toEqual([undefined, 'a=1', 'a=1', 'a=1']);
  });
});
