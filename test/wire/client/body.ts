/** Bodies as the chapters write them. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { wbxml } from '../../../src/codec/index.js';
import { wbxmlContentType } from '../../../src/http/index.js';
import { unwrap } from '../../support/device.js';
import { fromHex } from '../../support/hex.js';
import { parseNotation } from '../notation.js';

export interface Body {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body that a text stands for: the first row whose pattern fits, a document in notation where none does. */
export function bodyOf(text: string): Body {
  for (const [pattern, make] of forms) {
    const match = pattern.exec(text);
    if (match) return make(match[1] ?? '', match[2] ?? '');
  }
  return { bytes: unwrap(wbxml.encode(parseNotation(expanded(text)))), headers: { 'Content-Type': wbxmlContentType } };
}

const forms: readonly (readonly [RegExp, (one: string, two: string) => Body])[] = [
  [/^$/, () => plain(new Uint8Array())],
  [/^text ([\s\S]+)$/, (text) => plain(new TextEncoder().encode(text))],
  [/^bytes ([0-9A-F ]+)$/, (digits) => plain(fromHex(digits))],
  [/^(.+), compressed$/, (text) => compressed(bodyOf(text))],
  [/^(\d+) zero bytes$/, (count) => plain(new Uint8Array(Number(count)))],
  [/^(\d+) elements deep$/, (count) => wbxmlOf([0x03, 0x01, 0x6a, 0x00, 0x00, 0x0e, ...repeated(0x45, Number(count))])],
  [
    /^the first (\d+) bytes of (.+)$/,
    (count, of) => ({ ...bodyOf(of), bytes: bodyOf(of).bytes.slice(0, Number(count)) }),
  ],
];

/** A text with its names replaced by what a page of bodies has for them. */
export function expanded(text: string, bodies: Bodies = own): string {
  return text.replace(/@([a-z][a-z-]*)/g, (_name, name: string) => {
    const body = bodies.get(name);
    if (body === undefined) throw new Error(`no body is named @${name}`);
    return expanded(body, bodies);
  });
}

/** What a page of bodies names. */
export type Bodies = ReadonlyMap<string, string>;

export function bodiesOf(page: URL): Bodies {
  const named = readFileSync(page, 'utf8').matchAll(/^@(?<name>[a-z-]+) = (?<body>.*(?:\n {2}.*)*)/gm);
  return new Map([...named].map(({ groups }) => [groups?.name ?? '', groups?.body ?? '']));
}

function compressed({ bytes, headers }: Body): Body {
  return { bytes: gzipSync(bytes), headers: { ...headers, 'Content-Encoding': 'gzip' } };
}

function plain(bytes: Uint8Array): Body {
  return { bytes, headers: {} };
}

function wbxmlOf(bytes: readonly number[]): Body {
  return { bytes: Uint8Array.from(bytes), headers: { 'Content-Type': wbxmlContentType } };
}

function repeated(byte: number, count: number): readonly number[] {
  return Array.from({ length: count }, () => byte);
}

const own = bodiesOf(new URL('bodies.md', import.meta.url));
