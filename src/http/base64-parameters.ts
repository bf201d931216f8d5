import { queryParameters } from '../protocol/command.js';
import { problem } from '../protocol/problem.js';
import { err, ok, type Result } from '../protocol/result.js';
import { encodeBlock, encodeByte, encodeText } from './base64-fields.js';
import type { ByteReader } from './byte-reader.js';
import { decodeHex, decodeUtf8, encodeHex } from './bytes.js';
import type { Base64ParameterName, Base64Query, OtherParameter } from './query-fields.js';

/** What follows the fixed fields of a base64 query: tag, length, value (MS-ASHTTP 2.2.1.1.1.1.3). */
export type Tagged = Pick<Base64Query, 'user' | 'parameters' | 'others'>;

/** Each parameter's name and bytes, tag and length included; `null` bytes are a value that has no encoding. */
export function encodeParameters({
  user,
  parameters,
  others,
}: Tagged): readonly (readonly [string, Uint8Array | null])[] {
  const known = tags.map(([name, tag]) => {
    const value = name === 'User' ? user : parameters[name];
    return value === undefined ? [] : [[name, tagged(tag, encodeValue(name, value))] as const];
  });
  return [...known.flat(), ...others.map((other) => ['another parameter', encodeOther(other)] as const)];
}

/** A known parameter that comes twice, or whose value is not of its kind, is `ERR_QUERY_VALUE`. */
export function decodeParameters(reader: ByteReader): Result<Tagged> {
  const values = new Map<TaggedName, string>();
  const others: OtherParameter[] = [];
  while (!reader.isDone) {
    const { offset } = reader;
    const tag = reader.byte();
    const bytes = reader.block();
    if (reader.isShort) return err(problem('ERR_QUERY_SYNTAX', 'The query ends inside a parameter.', { offset }));
    const name = namesByTag.get(tag);
    const value = name && decodeValue(name, bytes);
    if (name === undefined) others.push({ name: String(tag), value: encodeHex(bytes) });
    else if (value === undefined) return err(problem('ERR_QUERY_VALUE', `${name} is not of its kind.`, { offset }));
    else if (values.has(name)) return err(problem('ERR_QUERY_VALUE', `${name} comes twice.`, { offset }));
    else values.set(name, value);
  }
  const user = values.get('User');
  values.delete('User');
  return ok({ ...(user !== undefined && { user }), parameters: Object.fromEntries(values), others });
}

type TaggedName = Base64ParameterName | 'User';

function encodeValue(name: TaggedName, value: string): Uint8Array | null {
  if (name !== 'Options') return encodeText(value);
  const byte = encodeByte(value);
  return byte && encodeBlock(byte);
}

function decodeValue(name: TaggedName, bytes: Uint8Array): string | undefined {
  if (name !== 'Options') return decodeUtf8(bytes) ?? undefined;
  return bytes.length === 1 ? String(bytes[0]) : undefined;
}

function encodeOther({ name, value }: OtherParameter): Uint8Array | null {
  const tag = encodeByte(name);
  const bytes = decodeHex(value);
  return tag === null || bytes === null || namesByTag.has(Number(name))
    ? null
    : tagged(Number(name), encodeBlock(bytes));
}

function tagged(tag: number, block: Uint8Array | null): Uint8Array | null {
  return block && Uint8Array.of(tag, ...block);
}

const USER_TAG = 8;
const names = (Object.keys(queryParameters) as readonly (keyof typeof queryParameters)[]).filter(
  (name): name is Base64ParameterName => queryParameters[name].tag !== null,
);
const tags: readonly (readonly [TaggedName, number])[] = [
  ...names.map((name) => [name, queryParameters[name].tag] as const),
  ['User', USER_TAG],
];
const namesByTag: ReadonlyMap<number, TaggedName> = new Map(tags.map(([name, tag]) => [tag, name]));
