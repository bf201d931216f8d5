import fc from 'fast-check';
import type { Base64Query, PlainQuery } from '../../src/http/index.js';
import { commandByCode, commandNames, queryParameters } from '../../src/protocol/command.js';
import { anyText } from '../support/arbitraries/text.js';

/** Text of Unicode characters, the awkward ones of queries and headers more often than by chance. */
export const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'&=+%@#?/ :"\\;,\u0000\r\n\u00e9\ufeff\u{1f511}'),
    anyText({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 12,
});

const parameterNames = Object.keys(queryParameters) as readonly (keyof typeof queryParameters)[];

/** A record that has some of the names. */
const some = <Name extends string, Value>(names: readonly Name[], value: fc.Arbitrary<Value>) =>
  fc.dictionary(fc.constantFrom(...names), value) as fc.Arbitrary<{ [Key in Name]?: Value }>;

const plainNames = parameterNames.filter((name) => queryParameters[name].plain) as Exclude<
  (typeof parameterNames)[number],
  'Options'
>[];
const fieldNames: readonly string[] = [
  'cmd',
  'user',
  'deviceid',
  'devicetype',
  ...plainNames.map((name) => name.toLowerCase()),
];
const otherName = text.filter((name) => !fieldNames.includes(name.toLowerCase()));

export const plainQueries: fc.Arbitrary<PlainQuery> = fc.record(
  {
    form: fc.constant('plain' as const),
    command: fc.oneof(
      fc.constantFrom(...commandNames),
      text.filter((command) => command !== ''),
    ),
    user: text,
    deviceId: text,
    deviceType: text,
    parameters: some(plainNames, text),
    others: fc.array(fc.record({ name: otherName, value: text }), { maxLength: 3 }),
  },
  { requiredKeys: ['form', 'command', 'deviceId', 'deviceType', 'parameters', 'others'] },
);

const byte = fc.nat(255);
const hex = (bytes: Iterable<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const isPrintable = (byte: number) => byte >= 0x20 && byte <= 0x7e;
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 255,
});
const binary = fc.uint8Array({ minLength: 1, maxLength: 255 }).filter((bytes) => !bytes.every(isPrintable));
const textNames = ['AttachmentName', 'CollectionId', 'ItemId', 'LongId', 'Occurrence'] as const;

export const base64Queries: fc.Arbitrary<Base64Query> = fc
  .record({
    fields: fc.record(
      {
        form: fc.constant('base64' as const),
        command: byte.map((code) => commandByCode(code) ?? String(code)),
        user: text,
        protocolVersion: byte.map((code) => (code / 10).toFixed(1)),
        locale: fc.nat(0xffff),
        policyKey: fc.nat(0xffff_ffff).map(String),
        deviceType: text,
        others: fc.array(
          fc.record({
            name: fc.oneof(fc.constantFrom(2, 5), fc.integer({ min: 9, max: 255 })).map(String),
            value: fc.uint8Array({ maxLength: 255 }).map(hex),
          }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['form', 'command', 'protocolVersion', 'locale', 'deviceType', 'others'] },
    ),
    identity: fc.oneof(
      printable.map((deviceId) => ({ deviceId })),
      binary.map((bytes) => ({ deviceId: hex(bytes), deviceIdHex: true as const })),
    ),
    parameters: fc.tuple(some(textNames, text), some(['Options'], byte.map(String))),
  })
  .map(({ fields, identity, parameters: [texts, options] }) => ({
    ...fields,
    ...identity,
    parameters: { ...texts, ...options },
  }));
