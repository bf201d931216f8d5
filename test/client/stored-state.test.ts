import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { load, type ProvisioningState, save, start, step } from '../../machines/index.js';
import { createProvisioningClient, type ProvisioningClientOptions } from '../../src/client/index.js';
import type { Memory } from '../../src/client/memory.js';
import { settingsOf } from '../../src/client/settings.js';
import { lengthOf, MAX_POLICY, readMemory, writeMemory } from '../../src/client/stored-state.js';
import { versions } from '../../src/protocol/version.js';
import { anyPolicy } from '../support/arbitraries/policy.js';
import { reachable, smallLimits } from '../support/reachable.js';

const options: ProvisioningClientOptions = {
  url: 'https://mail.example.com',
  user: 'alice',
  device: { id: 'ABC123', type: 'SP' },
  applyPolicy: () => 1,
  limits: smallLimits,
};
const owner = settingsOf(options);

const anyState = fc.constantFrom(...reachable('client'));
const anyMemory: fc.Arbitrary<Memory> = fc
  .record(
    {
      state: anyState,
      policy: fc.option(fc.oneof(anyPolicy, fc.string()), { nil: null }),
      queryForm: fc.constantFrom('plain' as const, 'base64' as const),
      protocolVersion: fc.option(fc.constantFrom(...versions), { nil: null }),
      movedTo: fc.option(fc.constantFrom('https://new.example.com/eas', 'https://10.0.0.1:8443/a'), { nil: null }),
      unasked: fc.nat({ max: 3 }),
      hasLookedForWipe: fc.boolean(),
    },
    { noNullPrototype: true },
  )
  .map((memory) => (memory.state.name === 'Unprovisioned' ? { ...memory, policy: null } : memory));

const fresh = readMemory(null, owner);
const firstContact = fresh.ok ? fresh.value.memory : null;

describe('a stored memory', () => {
  test('reads back as it was, whatever state a client can reach and whatever the policy has', () => {
    fc.assert(
      fc.property(anyMemory, (memory) => {
        expect(readMemory(writeMemory(memory, owner), owner)).toEqual({ ok: true, value: { memory, problem: null } });
      }),
    );
  });

  test('holds an offer with whatever the policy has, opaque bytes included', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const memory = memoryOf(offeredWith(policy));
        expect(readMemory(writeMemory(memory, owner), owner)).toMatchObject({ ok: true, value: { memory } });
      }),
    );
  });

  test.each(['[]', '7', 'null', '"a"', '{'])('is a first contact where the text is %s', (text) => {
    const problem = { code: 'ERR_STATE_SHAPE', message: 'Not a JSON object.' };
    expect(readMemory(text, owner)).toEqual({ ok: true, value: { memory: firstContact, problem } });
  });

  test('of a later form is not guessed at', () => {
    const problem = { code: 'ERR_STATE_SHAPE', message: 'Not format 1.', path: 'format' };
    expect(readMemory(spoiled({ format: 2 }), owner)).toEqual({ ok: true, value: { memory: firstContact, problem } });
  });

  test.each<[string, object]>([
    ['a version that is no text', { protocolVersion: ['14.1'] }],
    ['a version that there is not', { protocolVersion: '9.9' }],
    ['a policy with an element of another type', { policy: { MinDevicePasswordLength: 'four' } }],
    ['bytes that are none', { policy: { base64: 7 } }],
    ['a count below none', { unasked: -1 }],
    ['a count beyond the last that matters', { unasked: 4 }],
    ['a count that is no whole number', { unasked: 1.5 }],
    ['a count as text', { unasked: '2' }],
  ])('without %s is the rest', (_part, junk) => {
    const memory = memoryOf(offeredWith({}));
    expect(readMemory(spoiled(junk), owner)).toEqual({ ok: true, value: { memory, problem: null } });
  });

  test('has no policy where it has no agreement', () => {
    const memory = { ...memoryOf(start('client', smallLimits)), policy: { AllowCamera: false } };
    expect(readMemory(writeMemory(memory, owner), owner)).toMatchObject({ value: { memory: { policy: null } } });
  });

  test.each([
    ['http://127.0.0.1:8080/', 'http://localhost:9090/eas', true],
    ['http://127.0.0.1:8080/', 'http://192.0.2.1/eas', false],
    ['https://mail.example.com/', 'http://127.0.0.1/eas', false],
  ])('of %s goes on at %s without TLS only within the machine: %s', (url, movedTo, isKept) => {
    const here = settingsOf({ ...options, url });
    const memory = { ...memoryOf(offeredWith({})), movedTo };
    expect(readMemory(writeMemory(memory, here), here)).toMatchObject({
      value: { memory: { movedTo: isKept ? movedTo : null } },
    });
  });

  test('is a first contact where the text holds none, with the reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const memory = { ...firstContact, state: start('client', smallLimits) };
        expect(readMemory(text, owner)).toMatchObject({
          ok: true,
          value: { memory, problem: { code: 'ERR_STATE_SHAPE' } },
        });
      }),
    );
  });

  test('is read whatever a part of it is replaced with, and never makes a state that the machine does not know', () => {
    const parts = [
      'queryForm',
      'protocolVersion',
      'movedTo',
      'unasked',
      'hasLookedForWipe',
      'machine',
      'policy',
      'url',
    ];
    fc.assert(
      fc.property(anyMemory, fc.constantFrom(...parts), fc.jsonValue(), (memory, part, junk) => {
        const text = JSON.stringify({ ...JSON.parse(writeMemory(memory, owner)), [part]: junk });
        const read = readMemory(text, owner);
        if (!read.ok) throw new Error(read.error);
        const { state, queryForm, movedTo, unasked } = read.value.memory;
        expect(load(JSON.parse(JSON.stringify(save(state))), 'client', smallLimits)).toMatchObject({ ok: true });
        expect(['plain', 'base64']).toContain(queryForm);
        expect(movedTo).toBe(part === 'movedTo' || part === 'url' ? null : memory.movedTo);
        expect(unasked).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('keeps the query form where the rest of it cannot be read: the server knows the device by it', () => {
    const memory = { ...memoryOf(start('client', smallLimits)), queryForm: 'base64' as const };
    const text = JSON.stringify({ ...JSON.parse(writeMemory(memory, owner)), machine: { v: 99 } });
    expect(readMemory(text, owner)).toMatchObject({
      ok: true,
      value: { memory: { queryForm: 'base64', state: { name: 'Unprovisioned' } }, problem: { path: 'v' } },
    });
  });

  test.each([
    ['user', { user: 'bob' }],
    ['device.id', { device: { id: 'ABC124', type: 'SP' } }],
    ['device.type', { device: { id: 'ABC123', type: 'PPC' } }],
  ] as const)('of another %s is not read', (field, other) => {
    const text = writeMemory(memoryOf(start('client', smallLimits)), settingsOf({ ...options, ...other }));
    expect(readMemory(text, owner)).toEqual({ ok: false, error: field });
  });

  test('moves to another URL with the account, but not with the place that the old server named', () => {
    const memory = { ...memoryOf(offeredWith({})), movedTo: 'https://new.example.com/eas' };
    const text = writeMemory(memory, owner);
    expect(readMemory(text, settingsOf({ ...options, url: 'https://mail.example.org' }))).toMatchObject({
      ok: true,
      value: { memory: { state: memory.state, movedTo: null } },
    });
  });

  test.each(['http://new.example.com/eas', 'https://a:b@new.example.com/', 'file:///etc/passwd', 7])(
    'sends nobody to %s',
    (movedTo) => {
      const text = JSON.stringify({ ...JSON.parse(writeMemory(memoryOf(offeredWith({})), owner)), movedTo });
      expect(readMemory(text, owner)).toMatchObject({ ok: true, value: { memory: { movedTo: null } } });
    },
  );

  test('a policy beyond the limit is left out, and nothing else is', () => {
    const [longest, tooLong] = [MAX_POLICY, MAX_POLICY + 1].map((length) => 'x'.repeat(length - 2));
    const memory = { ...memoryOf(offeredWith({})), policy: longest ?? '' };
    expect(lengthOf(memory.policy)).toBe(MAX_POLICY);
    expect(readMemory(writeMemory(memory, owner), owner)).toMatchObject({ value: { memory } });
    const larger = { ...memory, policy: tooLong ?? '' };
    expect(writeMemory(larger, owner).length).toBeLessThan(1000);
    expect(readMemory(writeMemory(larger, owner), owner)).toMatchObject({
      value: { memory: { ...memory, policy: null }, problem: null },
    });
  });

  test('written before the form had a number, as the record of the machine alone, is read', async () => {
    const state = offeredWith({ AllowCamera: false });
    const read = readMemory(JSON.stringify(save(state)), owner);
    expect(read).toEqual({ ok: true, value: { memory: { ...firstContact, state }, problem: null } });
    const client = createProvisioningClient({
      ...options,
      store: { load: () => JSON.stringify(save(state)), save() {} },
    });
    expect(await client.state()).toEqual(state);
  });

  test('holds no secret', () => {
    const settings = settingsOf({ ...options, password: 'correct horse' });
    const text = writeMemory(memoryOf(offeredWith({})), settings);
    expect(text).not.toContain('correct horse');
    expect(Object.keys(JSON.parse(text))).toEqual(['format', 'user', 'device', 'url', 'queryForm', 'machine']);
  });
});

/** A stored text with other parts. */
function spoiled(parts: object): string {
  return JSON.stringify({ ...JSON.parse(writeMemory(memoryOf(offeredWith({})), owner)), ...parts });
}

function memoryOf(state: ProvisioningState<'client'>): Memory {
  if (firstContact === null) throw new Error('no memory at first contact');
  return { ...firstContact, state };
}

function offeredWith(policy: Extract<Parameters<typeof step>[1], { type: 'PolicyOffered' }>['policy']) {
  const [awaiting] = step(start('client', smallLimits), { type: 'PolicyRequested' });
  const offer = { type: 'PolicyOffered', policyKey: '7', policy, revision: null } as const;
  const [offered]: readonly [ProvisioningState<'client'>, unknown] = step(awaiting, offer);
  return offered;
}
