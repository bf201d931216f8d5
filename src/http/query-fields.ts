import type { QueryParameterName, queryParameters } from '../protocol/command.js';
import type { PolicyKey } from '../protocol/policy-key.js';

/**
 * What stands after the `?` of a command's URL, in one of its two forms (MS-ASHTTP 2.2.1.1.1). Both carry the same
 * fields; only the base64 form carries version, locale and key as well.
 */
export type Query = PlainQuery | Base64Query;

/** `Cmd=..&User=..&DeviceId=..&DeviceType=..` (MS-ASHTTP 2.2.1.1.1.2). */
export interface PlainQuery extends QueryFields {
  readonly form: 'plain';
  readonly parameters: PlainParameters;
}

/** The packed form (MS-ASHTTP 2.2.1.1.1.1). */
export interface Base64Query extends QueryFields {
  readonly form: 'base64';
  /** The version byte as text, `14.1`: 0.0 to 25.5, known or not. */
  readonly protocolVersion: string;
  /** The Windows locale identifier (MS-LCID), 0 to 65535; 0x0409 is en-US. */
  readonly locale: number;
  /** Present when `deviceId` is the hexadecimal form of bytes that are not printable ASCII. */
  readonly deviceIdHex?: true;
  /** The policy key, 0 to 4294967295 in decimal. Absent is a field of length 0; four zero bytes are `0`. */
  readonly policyKey?: PolicyKey;
  readonly parameters: Base64Parameters;
}

/** What a query of either form says (MS-ASHTTP 2.2.1.1.1). */
export interface QueryFields {
  /**
   * The command as sent, known or not, never empty. A code of the base64 form that is not assigned is its decimal
   * text, `7`.
   */
  readonly command: string;
  /** The user as the client names it, for logging; authentication does not look here. */
  readonly user?: string;
  /**
   * Who the device is: this text, letter case included, in both forms (A-R104, A-R105). Bytes of the base64 form that
   * are printable ASCII are that text; any other bytes, such as a GUID, are their lower-case hexadecimal digits, which
   * is what the same device writes in the plain form. `''` when a plain query names none. See {@link isDeviceId}.
   */
  readonly deviceId: string;
  /** What kind of device it is. `''` when the query does not say. See {@link isDeviceType}. */
  readonly deviceType: string;
  /** Parameters that neither form gives a name, in order, doubled ones included. */
  readonly others: readonly OtherParameter[];
}

/** A parameter with its own name and text; in the base64 form its tag in decimal and its bytes in lower-case hex. */
export interface OtherParameter {
  readonly name: string;
  readonly value: string;
}

/** The parameters of a plain-text query, each at most once (MS-ASHTTP 2.2.1.1.1.2.5). */
export type PlainParameters = { readonly [Name in PlainParameterName]?: string };
/** The parameters that the plain form has (MS-ASHTTP 2.2.1.1.1.2.5). */
export type PlainParameterName = {
  [Name in QueryParameterName]: (typeof queryParameters)[Name]['plain'] extends true ? Name : never;
}[QueryParameterName];

/** The parameters of a base64 query, each at most once (MS-ASHTTP 2.2.1.1.1.1.3). */
export type Base64Parameters = { readonly [Name in Base64ParameterName]?: string };
/** The parameters that the base64 form has (MS-ASHTTP 2.2.1.1.1.1.3). */
export type Base64ParameterName = {
  [Name in QueryParameterName]: (typeof queryParameters)[Name]['tag'] extends number ? Name : never;
}[QueryParameterName];

/** The longest query that is read or written, in characters: three times what all known parameters can fill. */
export const maxQueryLength = 8192;

/** Whether a device id is 1 to 32 letters or digits (MS-ASHTTP 2.2.1.1.1.2.3). Otherwise Status 108 from 14.0 on. */
export function isDeviceId(text: string): boolean {
  return /^[A-Za-z0-9]{1,32}$/.test(text);
}

/** Whether a device type is 1 to 32 visible ASCII characters (MS-ASHTTP 2.2.1.1.1.2.4). Otherwise Status 109 from 14.0 on. */
export function isDeviceType(text: string): boolean {
  return /^[\x21-\x7e]{1,32}$/.test(text);
}
