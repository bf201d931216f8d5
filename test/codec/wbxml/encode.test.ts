import { describe, expect, test } from 'vitest';
import { createWbxml, wbxml } from '../../../src/codec/wbxml/index.js';
import type { Element } from '../../../src/protocol/element.js';
import type { ProblemCode } from '../../../src/protocol/problem.js';
import { toHex } from '../../support/hex.js';
import { vectors } from './vectors.js';

/** The bytes behind the header. */
function encoded(root: Element): string {
  const result = wbxml.encode(root);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return toHex(result.value).replace(/^03 01 6A 00 /, '');
}

function expectProblem(root: Element, code: ProblemCode, message: string, path: string): void {
  expect(wbxml.encode(root)).toEqual({ ok: false, error: { code, message, path } });
}

describe('content has one form', () => {
  test.each([
    ['nothing', null, '05'],
    ['no elements', [], '45 01'],
    ['empty text', '', '45 03 00 01'],
    ['text', 'ä', '45 03 C3 A4 00 01'],
    ['empty opaque bytes', new Uint8Array(), '45 C3 00 01'],
    ['opaque bytes', Uint8Array.of(0x00, 0x01), '45 C3 02 00 01 01'],
    ['opaque bytes that are a Buffer', Buffer.from([0x0a]), '45 C3 01 0A 01'],
  ])('%s', (_, content, hex) => {
    expect(encoded({ name: 'AirSync:Sync', content })).toBe(hex);
  });

  test('the length of opaque bytes takes as many bytes as it needs', () => {
    expect(encoded({ name: 'AirSync:Sync', content: new Uint8Array(128) })).toBe(`45 C3 81 00 ${'00 '.repeat(128)}01`);
  });
});

describe('page switches', () => {
  test('stand only where the page changes, and none is at the end', () => {
    const settings = { name: 'Settings:Status', content: null };
    const provision = { name: 'Provision:Status', content: null };
    const content = [settings, settings, provision, provision, settings];
    expect(encoded({ name: 'Provision:Provision', content })).toBe('00 0E 45 00 12 06 06 00 0E 0B 0B 00 12 06 01');
  });

  test('the first page is 0', () => {
    expect(encoded({ name: 'AirSync:Sync', content: [{ name: 'AirSync:Status', content: null }] })).toBe('45 0E 01');
  });
});

describe('names', () => {
  test.each([
    ['of no page', 'Nothing:Status', 'Status'],
    ['of no tag', 'Provision:Nothing', 'Nothing'],
    ['in another case', 'provision:status', 'status'],
    ['without a page', 'Provision', 'Provision'],
    ['of two colons', 'Provision:Status:1', 'Status:1'],
    ['with the namespace of prose', 'Gal:DisplayName', 'DisplayName'],
    ['of an assigned slot by its token', 'Provision:0x05', '0x05'],
    ['of a legacy slot by its token', 'Provision:0x12', '0x12'],
    ['with lower-case digits', 'Provision:0x3f', '0x3f'],
    ['below the first tag', 'Provision:0x04', '0x04'],
    ['beyond the last tag', 'Provision:0x40', '0x40'],
    ['of an object', '__proto__', '__proto__'],
    ['of nothing', '', ''],
  ])('%s are refused: %s', (_, name, path) => {
    expectProblem({ name, content: null }, 'ERR_WBXML_NAME', `${name} is in no code page`, path);
  });
});

describe('a problem tells its path', () => {
  const inside = (element: Element): Element => ({
    name: 'Provision:Provision',
    content: [
      { name: 'Provision:Status', content: '1' },
      { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Set', content: [] }, element] },
    ],
  });

  const model = (content: string | Uint8Array): Element => ({ name: 'Settings:Model', content });
  const wrongText = 'text with a NUL or half a surrogate pair';
  const tooLong = 'a value of more than 262144 bytes';
  const legacy = 'AirNotify:Notify is legacy, read but not written';

  test.each([
    ['a name', { name: 'Settings:Nothing', content: null }, 'ERR_WBXML_NAME', 'Settings:Nothing is in no code page'],
    ['a legacy name', { name: 'AirNotify:Notify', content: null }, 'ERR_WBXML_NAME', legacy],
    ['a NUL', model('a\0b'), 'ERR_WBXML_TEXT', wrongText],
    ['a lone surrogate', model('ä\uD83D'), 'ERR_WBXML_TEXT', wrongText],
    ['text beyond the limit', model('a'.repeat(300_000)), 'ERR_WBXML_LIMIT', tooLong],
    ['text beyond the limit as UTF-8', model('ä'.repeat(150_000)), 'ERR_WBXML_LIMIT', tooLong],
    ['opaque bytes beyond the limit', model(new Uint8Array(300_000)), 'ERR_WBXML_LIMIT', tooLong],
  ] as const)('%s', (_, element, code, message) => {
    const tag = element.name.replace('Settings:', '').replace('AirNotify:', '');
    expectProblem(inside(element), code, message, `Provision/DeviceInformation/${tag}`);
  });

  test('never the text', () => {
    const result = wbxml.encode(inside({ name: 'Settings:Model', content: 'secret\0' }));
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('a document beyond the limit of bytes', () => {
  const status: Element = { name: 'AirSync:Status', content: null };
  const commands: Element = { name: 'AirSync:Commands', content: [status] };
  const root: Element = { name: 'AirSync:Sync', content: [status, commands, status] };

  test.each([
    ['in its header', 3, ''],
    ['at the root', 4, 'Sync'],
    ['at an element', 5, 'Sync/Status'],
    ['at an element with others inside', 6, 'Sync/Commands'],
    ['at one of those', 7, 'Sync/Commands/Status'],
    ['at their END', 8, 'Sync/Commands'],
    ['at an element behind that', 9, 'Sync/Status'],
    ['at the last END', 10, 'Sync'],
  ])('is refused where it breaks it: %s', (_, bytes, path) => {
    const error = { code: 'ERR_WBXML_LIMIT', message: `more than ${bytes} bytes`, path };
    expect(createWbxml({ bytes }).encode(root)).toEqual({ ok: false, error });
  });

  test.each(Object.entries(vectors))('is refused, wherever that is: %s', (_, { bytes: { length }, tree }) => {
    expect(createWbxml({ bytes: length }).encode(tree)).toMatchObject({ ok: true });
    for (let bytes = 1; bytes < length; bytes++) {
      const error = { code: 'ERR_WBXML_LIMIT', message: `more than ${bytes} bytes` };
      expect(createWbxml({ bytes }).encode(tree)).toMatchObject({ ok: false, error });
    }
  });
});

describe('a tree that never ends meets a limit', () => {
  const refused = (message: string) => ({ ok: false, error: { code: 'ERR_WBXML_LIMIT', message } });

  test('a cycle', () => {
    const children: Element[] = [];
    const root = { name: 'AirSync:Sync', content: children };
    children.push(root);
    expect(wbxml.encode(root)).toMatchObject(refused('more than 32 elements deep'));
  });

  test('a small tree whose parts are shared many times', () => {
    let element: Element = { name: 'AirSync:Sync', content: null };
    for (let level = 0; level < 30; level++) element = { name: 'AirSync:Sync', content: [element, element] };
    expect(wbxml.encode(element)).toMatchObject(refused('more than 65536 elements'));
  });
});
