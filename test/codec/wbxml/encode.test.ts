import { describe, expect, test } from 'vitest';
import { wbxml } from '../../../src/codec/wbxml/index.js';
import type { Element } from '../../../src/protocol/element.js';
import type { ProblemCode } from '../../../src/protocol/problem.js';
import { toHex } from '../../support/hex.js';

/** The bytes behind the header. */
function encoded(root: Element): string {
  const result = wbxml.encode(root);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return toHex(result.value).replace(/^03 01 6A 00 /, '');
}

function expectProblem(root: Element, code: ProblemCode, path: string): void {
  expect(wbxml.encode(root)).toEqual({ ok: false, error: { code, message: expect.any(String), path } });
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
    ['of no page', 'Nothing:Status'],
    ['of no tag', 'Provision:Nothing'],
    ['in another case', 'provision:status'],
    ['without a page', 'Provision'],
    ['with the namespace of prose', 'Gal:DisplayName'],
    ['of an assigned slot by its token', 'Provision:0x05'],
    ['of a legacy slot by its token', 'Provision:0x12'],
    ['with lower-case digits', 'Provision:0x3f'],
    ['below the first tag', 'Provision:0x04'],
    ['beyond the last tag', 'Provision:0x40'],
    ['of an object', '__proto__'],
    ['of nothing', ''],
  ])('%s are refused: %s', (_, name) => {
    expect(wbxml.encode({ name, content: null })).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_NAME' } });
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

  test.each([
    ['a name', { name: 'Settings:Nothing', content: null }, 'ERR_WBXML_NAME', 'Nothing'],
    ['a legacy name', { name: 'AirNotify:Notify', content: null }, 'ERR_WBXML_NAME', 'Notify'],
    ['a NUL', { name: 'Settings:Model', content: 'a\0b' }, 'ERR_WBXML_TEXT', 'Model'],
    ['a lone surrogate', { name: 'Settings:Model', content: 'ä\uD83D' }, 'ERR_WBXML_TEXT', 'Model'],
    ['text beyond the limit', { name: 'Settings:Model', content: 'a'.repeat(300_000) }, 'ERR_WBXML_LIMIT', 'Model'],
  ] as const)('%s', (_, element, code, tag) => {
    expectProblem(inside(element), code, `Provision/DeviceInformation/${tag}`);
  });

  test('never the text', () => {
    const result = wbxml.encode(inside({ name: 'Settings:Model', content: 'secret\0' }));
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});

describe('a tree that never ends meets a limit', () => {
  test('a cycle', () => {
    const children: Element[] = [];
    const root = { name: 'AirSync:Sync', content: children };
    children.push(root);
    expect(wbxml.encode(root)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_LIMIT' } });
  });

  test('a small tree whose parts are shared many times', () => {
    let element: Element = { name: 'AirSync:Sync', content: null };
    for (let level = 0; level < 30; level++) element = { name: 'AirSync:Sync', content: [element, element] };
    expect(wbxml.encode(element)).toMatchObject({ ok: false, error: { code: 'ERR_WBXML_LIMIT' } });
  });
});
