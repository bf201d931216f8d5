import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandDraft, composeOptions, composeRequest } from '../../src/http/compose-request.js';
import { activeSyncPath } from '../../src/http/message.js';
import { readRequest } from '../../src/http/request.js';
import { commandNames, commands, isCommandOf } from '../../src/protocol/command.js';
import { versions } from '../../src/protocol/version.js';
import { anyText } from '../support/arbitraries/text.js';

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 32,
});
const endpoint = fc.constantFrom(activeSyncPath, `https://mail.example.org${activeSyncPath}`);

const fields = {
  command: fc.constantFrom(...commandNames),
  protocolVersion: fc.constantFrom(...versions),
  policyKey: fc.option(fc.nat(0xffff_ffff).map(String)),
  user: anyText({ maxLength: 20 }),
  deviceId: visible,
  deviceType: visible,
  contentType: fc.constantFrom('application/vnd.ms-sync', 'message/rfc822'),
  body: fc.uint8Array({ maxLength: 20 }),
};
const requiredKeys = ['command', 'protocolVersion', 'policyKey', 'deviceId', 'deviceType', 'form'] as const;
const drafts: fc.Arbitrary<CommandDraft> = fc.oneof(
  fc.record({ ...fields, form: fc.constant('plain' as const) }, { requiredKeys: [...requiredKeys] }),
  fc.record(
    { ...fields, form: fc.constant('base64' as const), locale: fc.nat(0xffff) },
    { requiredKeys: [...requiredKeys] },
  ),
  fc.record(
    {
      ...fields,
      form: fc.constant('base64' as const),
      deviceId: fc.constant('00ff'),
      deviceIdHex: fc.constant(true as const),
    },
    { requiredKeys: [...requiredKeys, 'deviceIdHex'] },
  ),
);

const draft: CommandDraft = {
  form: 'plain',
  command: 'Provision',
  protocolVersion: '14.1',
  policyKey: '0',
  user: 'alice',
  deviceId: 'ASPROV0001',
  deviceType: 'SP',
};
/** What every refusal has to say: a sentence, whichever it is. */
const sentence = expect.stringMatching(/^[A-Z].*\.$/);
const compose = (part: Partial<CommandDraft>) => composeRequest(activeSyncPath, { ...draft, ...part } as CommandDraft);

describe('composeRequest', () => {
  it('is undone by readRequest', () => {
    fc.assert(
      fc.property(endpoint, drafts, (endpoint, draft) => {
        const composed = composeRequest(endpoint, draft);
        const { form, command, protocolVersion, policyKey, deviceId, deviceType } = draft;
        const old = protocolVersion === '2.5' || protocolVersion === '12.0';
        expect(composed.ok).toBe(isCommandOf(protocolVersion, command) && !(form === 'base64' && old));
        fc.pre(composed.ok);
        const body = draft.body ?? Uint8Array.of();
        const read = readRequest(composed.value);
        expect(read).toEqual({
          ok: true,
          value: {
            kind: 'Command',
            query: {
              form,
              command,
              ...(draft.user !== undefined && { user: draft.user }),
              deviceId,
              deviceType,
              parameters: {},
              others: [],
              ...(form === 'base64' && {
                protocolVersion,
                locale: draft.locale ?? 0x409,
                ...(policyKey && { policyKey }),
                ...(draft.deviceIdHex && { deviceIdHex: true }),
              }),
            },
            command,
            protocolVersion,
            policyKey,
            deviceId,
            deviceType,
            body,
            contentType: body.length > 0 ? (draft.contentType ?? 'application/vnd.ms-sync.wbxml') : null,
          },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('never says a thing twice: base64 has no version and key headers (A-R160, A-R408)', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const composed = composeRequest(activeSyncPath, draft);
        fc.pre(composed.ok);
        const names = Object.keys(composed.value.headers).filter((name) => name !== 'Content-Type');
        const expected =
          draft.policyKey === null ? ['MS-ASProtocolVersion'] : ['MS-ASProtocolVersion', 'X-MS-PolicyKey'];
        expect(names).toEqual(draft.form === 'base64' ? [] : expected);
      }),
    );
  });

  it('carries the parameters that a command takes, and no other', () => {
    const name = fc.constantFrom('AttachmentName', 'CollectionId', 'ItemId', 'LongId', 'Occurrence');
    fc.assert(
      fc.property(fc.constantFrom('plain', 'base64'), fc.constantFrom(...commandNames), name, (form, command, name) => {
        const protocolVersion = isCommandOf('16.1', command) ? '16.1' : '12.1';
        const composed = composeRequest(activeSyncPath, {
          ...draft,
          form,
          command,
          protocolVersion,
          parameters: { [name]: '5:1' },
        });
        const taken: readonly string[] = commands[command].parameters;
        expect(composed.ok).toBe(taken.includes(name));
        if (composed.ok)
          expect(readRequest(composed.value)).toMatchObject({ value: { query: { parameters: { [name]: '5:1' } } } });
      }),
    );
  });

  it('writes the initial Provision of MS-ASPROV 4.1.2', () => {
    expect(compose({ body: Uint8Array.of(3) })).toEqual({
      ok: true,
      value: {
        method: 'POST',
        url: '/Microsoft-Server-ActiveSync?Cmd=Provision&User=alice&DeviceId=ASPROV0001&DeviceType=SP',
        headers: {
          'MS-ASProtocolVersion': '14.1',
          'X-MS-PolicyKey': '0',
          'Content-Type': 'application/vnd.ms-sync.wbxml',
        },
        body: Uint8Array.of(3),
      },
    });
  });

  it('writes the acknowledgment in base64, with the key in the query alone', () => {
    const { user, ...rest } = draft;
    const composed = composeRequest(activeSyncPath, { ...rest, form: 'base64', policyKey: '1307199584' });
    const url = '/Microsoft-Server-ActiveSync?jRQJBApBU1BST1YwMDAxBGBI6k0CU1A=';
    expect(composed).toEqual({ ok: true, value: { method: 'POST', url, headers: {}, body: Uint8Array.of() } });
  });

  it.each<[string, string, Partial<CommandDraft>]>([
    ['a key with a line break', 'ERR_HEADER_VALUE', { policyKey: '1\r\nX-Evil: 1' }],
    ['an empty key', 'ERR_HEADER_VALUE', { policyKey: '' }],
    ['a content type with a line break', 'ERR_HEADER_VALUE', { contentType: 'a\n', body: Uint8Array.of(1) }],
    ['a key beyond uint32 in base64', 'ERR_QUERY_VALUE', { form: 'base64', policyKey: '4294967296' }],
    ['a parameter of another command', 'ERR_QUERY_VALUE', { parameters: { ItemId: '5:1' } }],
    ['a command that the version lacks', 'ERR_QUERY_VALUE', { command: 'Find' }],
    ['base64 in 12.0', 'ERR_QUERY_VALUE', { form: 'base64', protocolVersion: '12.0' }],
    ['half a surrogate pair', 'ERR_QUERY_VALUE', { user: '\ud83d' }],
  ])('refuses %s with %s', (_, code, part) => {
    expect(compose(part)).toEqual({ ok: false, error: { code, message: sentence } });
  });
});

describe('composeOptions', () => {
  it('is undone by readRequest', () => {
    fc.assert(
      fc.property(endpoint, (endpoint) => {
        expect(readRequest(composeOptions(endpoint))).toEqual({ ok: true, value: { kind: 'Options' } });
      }),
    );
  });

  it('has neither query, headers nor body (A-R237)', () => {
    expect(composeOptions(activeSyncPath)).toEqual({
      method: 'OPTIONS',
      url: activeSyncPath,
      headers: {},
      body: Uint8Array.of(),
    });
  });
});
