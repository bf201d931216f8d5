import { base64, encodeBase64 } from '../protocol/base64.js';
import { problem } from '../protocol/problem.js';
import { type Coder, err, ok } from '../protocol/result.js';
import {
  decodeCommand,
  decodeDeviceId,
  decodePolicyKey,
  decodeVersion,
  encodeCommand,
  encodeDeviceId,
  encodeLocale,
  encodePolicyKey,
  encodeText,
  encodeVersion,
} from './base64-fields.js';
import { decodeParameters, encodeParameters } from './base64-parameters.js';
import { ByteReader } from './byte-reader.js';
import { decodeUtf8 } from './bytes.js';
import { type Base64Query, maxQueryLength } from './query-fields.js';

/**
 * The base64 query (MS-ASHTTP 2.2.1.1.1.1), integers little-endian. `ERR_QUERY_SYNTAX` is text that is not strict
 * base64, or bytes that end inside a field; `ERR_QUERY_VALUE` an empty device id (A-R32), a policy key of other than 0
 * or 4 bytes (A-R38), text that is not UTF-8 and a known parameter that comes twice. Unassigned versions, commands and
 * parameter tags are kept. Offsets are in decoded bytes, those of text that is not base64 in characters.
 */
export const base64Query: Coder<Base64Query, string> = {
  encode(query) {
    const fields: readonly (readonly [string, Uint8Array | null])[] = [
      ['protocolVersion', encodeVersion(query.protocolVersion)],
      ['command', encodeCommand(query.command)],
      ['locale', encodeLocale(query.locale)],
      ['deviceId', encodeDeviceId(query)],
      ['policyKey', encodePolicyKey(query.policyKey)],
      ['deviceType', encodeText(query.deviceType)],
      ...encodeParameters(query),
    ];
    const packed: number[] = [];
    for (const [name, bytes] of fields) {
      if (bytes === null) return err(problem('ERR_QUERY_VALUE', `This ${name} does not fit a base64 query.`));
      packed.push(...bytes);
    }
    const text = encodeBase64(Uint8Array.from(packed));
    return text.length > maxQueryLength ? tooLong : ok(text);
  },

  decode(text) {
    if (text.length > maxQueryLength) return tooLong;
    const bytes = base64.decode(text);
    if (!bytes.ok) return err({ ...bytes.error, code: 'ERR_QUERY_SYNTAX' });
    const reader = new ByteReader(bytes.value);
    const fixed = {
      protocolVersion: decodeVersion(reader.byte()),
      command: decodeCommand(reader.byte()),
      locale: reader.uint16(),
    };
    const [id, key, type] = [field(reader), field(reader), field(reader)];
    if (reader.isShort)
      return err(problem('ERR_QUERY_SYNTAX', 'The query ends inside a field.', { offset: reader.offset }));
    const identity = decodeDeviceId(id.bytes);
    if (!identity) return unfit('The device id is empty.', id.offset);
    const policyKey = decodePolicyKey(key.bytes);
    if (!policyKey) return unfit('The policy key has neither 0 nor 4 bytes.', key.offset);
    const deviceType = decodeUtf8(type.bytes);
    if (deviceType === null) return unfit('The device type is not UTF-8.', type.offset);
    const parameters = decodeParameters(reader);
    if (!parameters.ok) return parameters;
    return ok({ form: 'base64', ...fixed, ...identity, ...policyKey, deviceType, ...parameters.value });
  },
};

function field(reader: ByteReader) {
  return { offset: reader.offset, bytes: reader.block() };
}

function unfit(message: string, offset: number) {
  return err(problem('ERR_QUERY_VALUE', message, { offset }));
}

const tooLong = err(problem('ERR_QUERY_VALUE', 'The query is too long.'));
