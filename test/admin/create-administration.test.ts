import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAdministration } from '../../src/admin/index.js';
import { routes } from '../../src/admin/routes.js';
import { administrationOf, answered, token } from './support/administration.js';
import { anyView, keysOf, settledDevice } from './support/views.js';

const DEVICE = '/devices/anna/A1B2C3D4';
const bodies: Readonly<Record<string, unknown>> = {
  '/devices/{user}/{deviceId}/wipe': { scope: 'device' },
  '/policy': { AllowCamera: false },
};

/** A request for every row, of one device. */
function everyRequest(user: string, deviceId: string) {
  return routes.map(({ method, path }) => ({
    method,
    url: path.replace('{user}', encodeURIComponent(user)).replace('{deviceId}', deviceId),
    value: method === 'GET' ? undefined : bodies[path],
  }));
}

describe('without the right token', () => {
  const anyToken = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  const wrong = (right: string) =>
    fc
      .oneof(
        fc.constant(undefined),
        anyToken.map((other) => `Bearer ${other}`),
        fc.constantFrom(
          right,
          `Basic ${right}`,
          `Bearer${right}`,
          `Bearer ${right.slice(0, -1)}`,
          `Bearer ${right}${right}`,
          `Bearer ${right}, Bearer ${right}`,
          `Bearer ${right} `.repeat(2),
          `Bearer \u0000${right}`,
          'Bearer ',
          'Bearer',
          '',
        ),
      )
      .filter((authorization) => authorization?.trim() !== `Bearer ${right}`);
  const anyRequest = fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'), fc.string()),
    url: fc.oneof(fc.constantFrom('/devices', DEVICE, `${DEVICE}/wipe`, '/policy', '/', ''), fc.string(), fc.webUrl()),
    body: fc.uint8Array(),
    host: fc.constantFrom('127.0.0.1', 'evil.example'),
    loopbackOnly: fc.boolean(),
  });

  test('any request is 401, and touches nothing', async () => {
    const anyCase = anyToken.chain((right) => fc.tuple(fc.constant(right), wrong(right), anyRequest));
    await fc.assert(
      fc.asyncProperty(anyCase, async ([right, authorization, { host, loopbackOnly, ...request }]) => {
        const { administration, calls } = administrationOf([settledDevice], { token: right, loopbackOnly });
        const headers = {
          host,
          'content-type': 'application/json',
          ...(authorization !== undefined && { authorization }),
        };
        const { status, headers: told, text } = answered(await administration.handle({ ...request, headers }));
        expect({ status, challenge: told['WWW-Authenticate'] }).toEqual({ status: 401, challenge: 'Bearer' });
        expect(text).toBe(
          '{"error":{"code":"Unauthorized","message":"No bearer token, or another than the right one."}}\n',
        );
        expect(calls).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('the scheme may be written in any letter case, the token may not', async () => {
    const { administration } = administrationOf([settledDevice]);
    const statusUnder = async (authorization: string) =>
      (await administration.handle({ method: 'GET', url: DEVICE, headers: { authorization }, body: new Uint8Array() }))
        .status;
    expect(await statusUnder(`bearer ${token}`)).toBe(200);
    expect(await statusUnder(`BEARER   ${token}`)).toBe(200);
    expect(await statusUnder(`Bearer ${token.toUpperCase()}`)).toBe(401);
  });
});

describe('no answer tells', () => {
  const secret = 'tOkEn+9876543210/abcdef';

  test('a whole policy key, or the token, whatever the devices are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyView, { minLength: 1, maxLength: 4 }), async (views) => {
        const under = administrationOf(views, { token: secret });
        const keys = views.flatMap(keysOf);
        for (const { user, deviceId } of views) {
          for (const { method, url, value } of everyRequest(user, deviceId)) {
            const { status, text, json, headers } = await under.ask(method, url, value);
            expect(status).toBe(200);
            expect(JSON.stringify(headers) + text).not.toContain(secret);
            // A short key may stand in a time by chance, but nowhere on its own.
            for (const key of keys) {
              if (key.length > 6) expect(text).not.toContain(key);
              expect(textsIn(json)).not.toContain(key);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the token that stands in the request, where it does not belong', async () => {
    const under = administrationOf([settledDevice], { token: secret });
    const strange = [
      await under.ask('GET', `/${encodeURIComponent(secret)}`),
      await under.ask('GET', `/devices/${encodeURIComponent(secret)}/d1`),
      await under.ask('GET', `/devices?${secret}=${secret}`),
      await under.ask(secret, '/devices'),
      await under.ask('POST', `${DEVICE}/wipe`, { scope: secret }),
      await under.ask('POST', `${DEVICE}/wipe`, { [secret]: 'device' }),
    ];
    expect(strange.map(({ status }) => status)).toEqual([404, 404, 400, 405, 400, 400]);
    for (const { text } of strange) expect(text).not.toContain(secret);
  });
});

describe('every answer', () => {
  test('is JSON that is kept by nobody and open to no other origin', async () => {
    const under = administrationOf([settledDevice]);
    const origin = { origin: 'https://evil.example' };
    const answers = await Promise.all([
      ...everyRequest('anna', 'A1B2C3D4').map(({ method, url, value }) => under.ask(method, url, value, origin)),
      under.ask('OPTIONS', '/devices', undefined, { ...origin, 'access-control-request-method': 'POST' }),
      under.ask('GET', '/nowhere', undefined, origin),
      under.ask('GET', DEVICE, undefined, { ...origin, authorization: '' }),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      });
      expect(Object.keys(headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
    }
  });

  test('comes, whatever is asked with the right token: nothing throws', async () => {
    const anyUrl = fc.oneof(
      fc
        .array(
          fc.oneof(fc.constantFrom('/', '..', '.', '%2F', '%', '?', '#', 'devices', 'policy', 'anna'), fc.string()),
        )
        .map((parts) => parts.join('')),
      fc.webUrl({ withQueryParameters: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
        anyUrl,
        fc.oneof(fc.json(), fc.string()),
        fc.boolean(),
        async (method, url, text, loopbackOnly) => {
          const { administration } = administrationOf([settledDevice], { loopbackOnly });
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          const answer = answered(
            await administration.handle({ method, url, headers, body: new TextEncoder().encode(text) }),
          );
          expect([200, 400, 404, 405, 421, 422]).toContain(answer.status);
          if (answer.status !== 200)
            expect(answer.json).toEqual({
              error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }),
            });
        },
      ),
    );
  });

  test('comes when the clock does not', async () => {
    const under = administrationOf([settledDevice], {
      clock: () => {
        throw new Error('stopped');
      },
    });
    expect(await under.ask('GET', DEVICE)).toMatchObject({ status: 500, json: { error: { code: 'Failed' } } });
  });
});

describe('loopbackOnly', () => {
  const statusFor = async (url: string, headers: Readonly<Record<string, string>>, loopbackOnly = true) => {
    const under = administrationOf([settledDevice], { loopbackOnly });
    const { status } = await under.ask('GET', url, undefined, headers);
    return { status, touched: under.calls.length > 0 };
  };

  test.each([
    ['its own names', DEVICE, { host: 'localhost:8081' }],
    ['its own address', DEVICE, { host: '127.0.0.1:8081' }],
    ['an absolute URL of its own', `http://[::1]:8081${DEVICE}`, { host: '[::1]:8081' }],
  ])('lets in who asks for %s', async (_what, url, headers) => {
    expect(await statusFor(url, headers)).toEqual({ status: 200, touched: true });
  });

  test.each([
    ['another name', DEVICE, { host: 'evil.example:8081' }],
    ['no name', DEVICE, {}],
    ['another name in an absolute URL', `http://evil.example${DEVICE}`, { host: 'localhost' }],
    ['its own name in an absolute URL and another in Host', `http://localhost${DEVICE}`, { host: 'evil.example' }],
  ])('refuses who asks for %s, and touches nothing', async (_what, url, headers) => {
    expect(await statusFor(url, headers)).toEqual({ status: 421, touched: false });
  });

  test('is only looked at where asked for', async () => {
    expect(await statusFor(DEVICE, { host: 'admin.example' }, false)).toEqual({ status: 200, touched: true });
  });
});

describe('a body that is too long', () => {
  test('is 413, and what a mount is told to refuse is the same', async () => {
    const under = administrationOf([]);
    const { maxBody } = under.administration;
    const { status, json } = await under.ask('PUT', '/policy', 'x'.repeat(maxBody));
    expect(status).toBe(413);
    expect(answered(under.administration.refuse({ method: 'PUT' }, 'BodyTooLarge'))).toMatchObject({
      status: 413,
      json,
    });
    expect(under.administration.refuse({ method: 'PUT' }, 'BodyTooSlow').status).toBe(408);
    expect(under.calls).toEqual([]);
  });

  test('is not one of exactly the limit', async () => {
    const under = administrationOf([]);
    expect((await under.ask('PUT', '/policy', 'x'.repeat(under.administration.maxBody - 2))).status).toBe(422);
  });
});

describe('an option that can not be meant is a TypeError', () => {
  const { devices, policy } = { devices: administrationOf([]), policy: administrationOf([]) };
  test.each(['', 'a b', 'ä', 'line\nbreak', 'x'.repeat(513)])('the token %j', (wrong) => {
    const options = { devices: devices as never, policy: policy as never };
    expect(() => createAdministration({ ...options, token: wrong })).toThrow(TypeError);
  });

  test('no devices, or no policy', () => {
    const nothing = undefined as never;
    expect(() => createAdministration({ devices: nothing, policy: policy as never, token })).toThrow(/^devices: /);
    expect(() => createAdministration({ devices: devices as never, policy: nothing, token })).toThrow(/^policy: /);
  });
});

/** Every text in a JSON value, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
