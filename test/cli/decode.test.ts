import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../src/cli/hex.js';
import { runCommandLine } from '../../src/cli/program.js';
import { wbxml } from '../../src/codec/index.js';
import { xmlView } from '../../src/codec/xml/index.js';
import { fromHex } from '../support/hex.js';
import { bodies } from '../support/transcripts.js';
import { FakeTerminal } from './fake-terminal.js';

const folderSync = '03 01 6A 00 00 07 56 52 03 30 00 01 01';
const xml = '<FolderSync xmlns="FolderHierarchy">\n  <SyncKey>0</SyncKey>\n</FolderSync>\n';

async function decoded(argv: readonly string[], input: Uint8Array | string = '') {
  const terminal = new FakeTerminal({ input: typeof input === 'string' ? new TextEncoder().encode(input) : input });
  const code = await runCommandLine(['decode', ...argv], terminal);
  return { code, output: terminal.output, errors: terminal.errors };
}

test('every body that was ever recorded is shown, from bytes and from digits, and is that body again', async () => {
  for (const { of, bytes } of bodies) {
    const { code, output, errors } = await decoded(['-'], bytes);
    expect([of, code, errors]).toEqual([of, 0, '']);
    const read = xmlView.decode(output.trimEnd());
    expect([of, read]).toEqual([of, wbxml.decode(bytes)]);
    expect((await decoded([], hexOf(bytes))).output).toBe(output);
  }
});

test('whatever comes in, it ends with 0 and a document, or with 1, a code and an offset', async () => {
  const input = fc.oneof(
    fc.uint8Array(),
    fc.uint8Array().map((rest) => Uint8Array.of(3, 1, 0x6a, 0, ...rest)),
  );
  await fc.assert(
    fc.asyncProperty(input, async (bytes) => {
      const { code, output, errors } = await decoded([], bytes);
      if (code === 0) expect([output.startsWith('<'), errors]).toEqual([true, '']);
      else
        expect([code, output, /^(ERR_WBXML_\w+ at offset \d+|half a byte|not a hex)/.test(errors)]).toEqual([
          1,
          '',
          true,
        ]);
    }),
  );
});

describe('WBXML', () => {
  test.each([
    ['bytes on standard input', [], fromHex(folderSync)],
    ['digits on standard input', [], folderSync],
    ['digits with line feeds and colons', [], '03:01:6a:00\n00:07:56:52\n03:30:00:01:01\n'],
    ['digits said to be digits', ['--hex'], folderSync],
    ['digits as the argument', ['--hex', folderSync], ''],
  ])('%s', async (_what, argv, input) => {
    expect(await decoded(argv, input)).toEqual({ code: 0, output: xml, errors: '' });
  });

  test('cut short is 1, with code and offset', async () => {
    const { code, output, errors } = await decoded([], '03 01 6A 00 00 07 56');
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toMatch(/^ERR_WBXML_TRUNCATED at offset 7: /);
  });

  test('digits that are none are 1, with their place', async () => {
    expect(await decoded(['--hex'], '03 xx')).toEqual({
      code: 1,
      output: '',
      errors: 'not a hexadecimal digit (character 3)\n',
    });
  });
});

describe('a query', () => {
  const packed = 'jAkJBAp2MTQwRGV2aWNlAApTbWFydFBob25l';
  const fields =
    'form             base64\nprotocolVersion  14.0\ncommand          FolderSync\nlocale           1033\n' +
    'deviceId         v140Device\ndeviceType       SmartPhone\n';

  test.each([
    ['on standard input', ['--query'], `${packed}\n`],
    ['as the argument', ['--query', packed], ''],
    ['behind the path of a request line', ['--query'], `POST /Microsoft-Server-ActiveSync?${packed} HTTP/1.1\r\n`],
    ['in a URL', ['--query', `https://eas.test/Microsoft-Server-ActiveSync?${packed}`], ''],
  ])('in base64 is shown as its fields: %s', async (_where, argv, input) => {
    expect(await decoded(argv, input)).toEqual({ code: 0, output: fields, errors: '' });
  });

  test('in plain text too, with parameters and what nobody knows', async () => {
    const { output } = await decoded([
      '--query',
      'Cmd=SendMail&User=a%40b&DeviceId=d&DeviceType=t&SaveInSent=T&x=1%1b',
    ]);
    expect(output.split('\n').map((line) => line.split(/ +/))).toEqual([
      ['form', 'plain'],
      ['command', 'SendMail'],
      ['user', 'a@b'],
      ['deviceId', 'd'],
      ['deviceType', 't'],
      ['SaveInSent', 'T'],
      ['x', '1?'],
      [''],
    ]);
  });

  test('that is none is 1, with its code', async () => {
    const { code, errors } = await decoded(['--query', 'nonsense!']);
    expect(code).toBe(1);
    expect(errors).toMatch(/^ERR_QUERY_SYNTAX at offset \d+: /);
  });
});

test('a transcript is shown exchange by exchange', async () => {
  const { code, output } = await decoded(['--jsonl', 'test/fixtures/transcripts/aosp-full.jsonl']);
  expect(code).toBe(0);
  expect(output).toContain('#2 POST /Microsoft-Server-ActiveSync?Cmd=FolderSync&');
  expect(output).toContain('  <FolderSync xmlns="FolderHierarchy">\n    <SyncKey>0</SyncKey>');
  expect(output).toContain('#2 HTTP 200\n  <FolderSync xmlns="FolderHierarchy">\n    <Status>142</Status>');
});
