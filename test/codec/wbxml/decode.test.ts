import { describe, expect, test } from 'vitest';
import { createWbxml, wbxml } from '../../../src/codec/wbxml/index.js';
import { unusedTokens } from '../../../src/codec/wbxml/tokens.js';
import type { Element } from '../../../src/protocol/element.js';
import type { ProblemCode } from '../../../src/protocol/problem.js';
import { fromHex } from '../../support/hex.js';

const HEADER = '03 01 6A 00';

/** The root of a document on page 14, Provision. */
function decoded(hex: string): Element {
  const result = wbxml.decode(fromHex(`${HEADER} 00 0E ${hex}`));
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

function expectProblem(hex: string, code: ProblemCode, message: string, offset: number): void {
  expect(wbxml.decode(fromHex(hex))).toEqual({ ok: false, error: { code, message, offset } });
}

describe('header', () => {
  test.each([
    ['another version', '02 01 6A 00 05', 'version 0x02, expected 0x03', 0],
    ['a version that is no byte', '80 03 01 6A 00 05', 'version 0x80, expected 0x03', 0],
    ['a public identifier that is known', '03 02 6A 00 05', 'public identifier 2, expected 1', 1],
    ['a public identifier in the string table', '03 00 00 6A 00 05', 'public identifier 0, expected 1', 1],
    ['another charset', '03 01 03 00 05', 'charset 3, expected 106', 2],
    ['a string table', '03 01 6A 01 41 05', 'string table length 1, expected 0', 3],
    ['no WBXML at all', '3C 3F 78 6D 6C', 'version 0x3C, expected 0x03', 0],
  ])('%s is refused', (_, hex, message, offset) => {
    expectProblem(hex, 'ERR_WBXML_HEADER', message, offset);
  });

  test('nothing at all is truncated', () => {
    expect(wbxml.decode(new Uint8Array())).toMatchObject({
      ok: false,
      error: { code: 'ERR_WBXML_TRUNCATED', offset: 0 },
    });
  });

  test('its fields are multi-byte integers', () => {
    expect(wbxml.decode(fromHex('03 80 01 80 6A 80 00 05'))).toEqual(wbxml.decode(fromHex(`${HEADER} 05`)));
    expectProblem(
      '03 01 80 80 80 80 80 6A 00 05',
      'ERR_WBXML_INTEGER',
      'a multi-byte integer beyond five bytes or 32 bits',
      2,
    );
  });
});

describe('content', () => {
  test.each([
    ['a tag without content', '05', null],
    ['content and nothing inside', '45 01', []],
    ['an empty string', '45 03 00 01', ''],
    ['a string', '45 03 C3 A4 00 01', 'ä'],
    ['adjacent strings', '45 03 31 00 03 00 03 32 00 01', '12'],
    ['empty opaque bytes', '45 C3 00 01', new Uint8Array()],
    ['opaque bytes', '45 C3 03 00 01 FF 01', Uint8Array.of(0x00, 0x01, 0xff)],
    ['adjacent opaque bytes', '45 C3 01 0A C3 00 C3 02 0B 0C 01', Uint8Array.of(0x0a, 0x0b, 0x0c)],
    ['elements', '45 06 46 01 01', [policies(null), policies([])]],
  ])('%s', (_, hex, content) => {
    expect(decoded(hex)).toStrictEqual({ name: 'Provision:Provision', content });
  });

  test.each([
    ['text and opaque bytes', '45 03 31 00 C3 00 01', 'OPAQUE among content of another kind', 8],
    ['opaque bytes and text', '45 C3 00 03 31 00 01', 'STR_I among content of another kind', 7],
    ['text and elements', '45 03 31 00 06 01', 'a tag among content of another kind', 8],
    ['elements and text', '45 06 03 31 00 01', 'STR_I among content of another kind', 6],
    ['elements and an empty string', '45 46 01 03 00 01', 'STR_I among content of another kind', 7],
    ['elements and opaque bytes', '45 06 C3 00 01', 'OPAQUE among content of another kind', 6],
    ['opaque bytes and elements', '45 C3 00 06 01', 'a tag among content of another kind', 7],
  ])('%s in one element are refused', (_, hex, message, offset) => {
    expectProblem(`${HEADER} ${hex}`, 'ERR_WBXML_MIXED', message, offset);
  });

  test.each([
    ['text that is not UTF-8', '45 03 41 FF 00 01', 'ERR_WBXML_TEXT', 'text that is not UTF-8', 6],
    ['text without an end', '45 03 31 32', 'ERR_WBXML_TRUNCATED', 'the input ends before its root element does', 8],
    [
      'opaque bytes beyond the input',
      '45 C3 8F FF FF FF 7F 00',
      'ERR_WBXML_TRUNCATED',
      'the input ends before its root element does',
      12,
    ],
    [
      'a length beyond 32 bits',
      '45 C3 90 80 80 80 00 01',
      'ERR_WBXML_INTEGER',
      'a multi-byte integer beyond five bytes or 32 bits',
      6,
    ],
    ['an element without an end', '45 46 01', 'ERR_WBXML_TRUNCATED', 'the input ends before its root element does', 7],
  ] as const)('%s is refused', (_, hex, code, message, offset) => {
    expectProblem(`${HEADER} ${hex}`, code, message, offset);
  });

  test('opaque bytes are a plain copy, whatever the input was', () => {
    const input = Buffer.from(fromHex(`${HEADER} 45 C3 01 0A 01`));
    const result = wbxml.decode(input);
    input.fill(0);
    expect(result).toStrictEqual({ ok: true, value: { name: 'AirSync:Sync', content: Uint8Array.of(0x0a) } });
  });

  test('the input may be a window of a larger buffer', () => {
    const window = fromHex(`FF FF ${HEADER} 45 03 31 00 01 FF`).subarray(2, -1);
    expect(wbxml.decode(window)).toEqual({ ok: true, value: { name: 'AirSync:Sync', content: '1' } });
  });
});

describe('code pages', () => {
  test('a page stays until the next switch, past the end of its element', () => {
    expect(decoded('45 00 12 56 46 03 31 00 01 01 00 0E 0B 01')).toEqual({
      name: 'Provision:Provision',
      content: [
        { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Status', content: '1' }] },
        { name: 'Provision:Status', content: null },
      ],
    });
    expect(decoded('45 00 07 16 0A 01').content).toEqual([
      { name: 'FolderHierarchy:FolderSync', content: null },
      { name: 'FolderHierarchy:Type', content: null },
    ]);
  });

  test.each([
    ['to the page already selected', '00 0E 45 00 0E 06 01'],
    ['twice', '00 12 00 0E 45 00 12 00 0E 06 01'],
    ['before an END', '45 06 00 12 01'],
  ])('a switch %s is read', (_, hex) => {
    expect(decoded(hex)).toEqual({ name: 'Provision:Provision', content: [policies(null)] });
  });

  test('a tag that the page does not assign keeps its token and its content', () => {
    expect(decoded('45 7F 46 01 01 3C 01').content).toEqual([
      { name: 'Provision:0x3F', content: [policies([])] },
      { name: 'Provision:0x3C', content: null },
    ]);
  });

  test('a page that ActiveSync does not have is refused', () => {
    expectProblem(`${HEADER} 00 1A 05`, 'ERR_WBXML_PAGE', 'code page 0x1A does not exist', 5);
    expectProblem(`${HEADER} 45 00 FF 05 01`, 'ERR_WBXML_PAGE', 'code page 0xFF does not exist', 6);
  });
});

describe('tokens', () => {
  test.each(Object.entries(unusedTokens))('%s is refused, alone and inside', (name, token) => {
    const hex = token.toString(16).padStart(2, '0');
    const inside = `${name}, not used by ActiveSync`;
    expectProblem(`${HEADER} ${hex} 01`, 'ERR_WBXML_TOKEN', `${name}, expected the root element`, 4);
    expectProblem(`${HEADER} 45 ${hex} 01`, 'ERR_WBXML_TOKEN', inside, 5);
    expectProblem(`${HEADER} 45 03 31 00 ${hex} 01`, 'ERR_WBXML_TOKEN', inside, 8);
  });

  test('attributes are refused', () => {
    for (const tag of ['85', 'BF', 'C5', 'FF']) {
      const name = `0x${tag}, a tag with attributes`;
      expectProblem(`${HEADER} ${tag} 01`, 'ERR_WBXML_TOKEN', `${name}, expected the root element`, 4);
      expectProblem(`${HEADER} 45 ${tag} 01`, 'ERR_WBXML_TOKEN', `${name}, not used by ActiveSync`, 5);
    }
  });

  test.each([
    ['an END', '01', 'END'],
    ['text', '03 31 00', 'STR_I'],
    ['opaque bytes', 'C3 00', 'OPAQUE'],
  ])('%s is no root', (_, hex, name) => {
    expectProblem(`${HEADER} ${hex}`, 'ERR_WBXML_TOKEN', `${name}, expected the root element`, 4);
  });

  test.each([
    ['another root', '05 05', 'bytes after the root element: 1', 5],
    ['an END too many', '45 01 01', 'bytes after the root element: 1', 6],
    ['a page switch', '05 00 0E', 'bytes after the root element: 2', 5],
  ])('%s behind the root is refused', (_, hex, message, offset) => {
    expectProblem(`${HEADER} ${hex}`, 'ERR_WBXML_TRAILING', message, offset);
  });
});

describe('bombs', () => {
  const bomb = (parts: readonly (readonly [hex: string, times: number])[]): Uint8Array =>
    fromHex(HEADER + parts.map(([hex, times]) => hex.repeat(times)).join(''));

  const inRoot = (hex: string, times: number) =>
    bomb([
      ['45', 1],
      [hex, times],
      ['01', 1],
    ]);
  const longText = bomb([
    ['4503', 1],
    ['41', 300_000],
    ['0001', 1],
  ]);

  test.each([
    ['depth', bomb([['45', 100_000]]), 'more than 32 elements deep', 4 + 32],
    ['elements', inRoot('05', 100_000), 'more than 65536 elements', 4 + 0x1_0000],
    ['text', longText, 'text beyond the limit', 4 + 2],
    ['strings', inRoot('034100', 300_000), 'text beyond the limit', 4 + 1 + 3 * 0x4_0000 + 1],
    ['opaque bytes', inRoot('C30141', 300_000), 'opaque bytes beyond the limit', 4 + 1 + 3 * 0x4_0000 + 2],
    ['bytes', bomb([['05', 2_000_000]]), 'more than 1048576 bytes', 0x10_0000],
  ])('of %s meet a limit', (_, bytes, message, offset) => {
    expect(wbxml.decode(bytes)).toEqual({ ok: false, error: { code: 'ERR_WBXML_LIMIT', message, offset } });
  });

  test('without limits still do not exhaust the stack', () => {
    const coder = createWbxml({ bytes: 1e8, depth: 1e8, elements: 1e8 });
    const bytes = bomb([
      ['45', 500_000],
      ['05', 1],
      ['01', 500_000],
    ]);
    const decoded = coder.decode(bytes);
    const encoded = decoded.ok ? coder.encode(decoded.value) : decoded;
    expect(encoded.ok && Buffer.compare(encoded.value, bytes)).toBe(0);
  });
});

function policies(content: Element['content']): Element {
  return { name: 'Provision:Policies', content };
}
