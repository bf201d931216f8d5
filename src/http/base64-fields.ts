/** The fields of a base64 query, each as bytes and as the value we show (MS-ASHTTP 2.2.1.1.1.1). `null`: no such value. */
import { commandByCode, commands, isCommandName } from '../protocol/command.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import { decodeHex, encodeHex, encodeUtf8 } from './bytes.js';
import type { Base64Query } from './query-fields.js';

/** The version byte is the version times ten. */
export function encodeVersion(version: string): Uint8Array | null {
  return /^(0|[1-9]\d?)\.\d$/.test(version) ? encodeByte(version.replace('.', '').replace(/^0(?=\d)/, '')) : null;
}

export function decodeVersion(byte: number): string {
  return `${Math.floor(byte / 10)}.${byte % 10}`;
}

export function encodeCommand(command: string): Uint8Array | null {
  if (isCommandName(command)) return Uint8Array.of(commands[command].code);
  return commandByCode(Number(command)) === null ? encodeByte(command) : null;
}

export function decodeCommand(code: number): string {
  return commandByCode(code) ?? String(code);
}

export function encodeLocale(locale: number): Uint8Array | null {
  return Number.isInteger(locale) && locale >= 0 && locale <= 0xffff ? Uint8Array.of(locale & 0xff, locale >> 8) : null;
}

export type DeviceIdentity = Pick<Base64Query, 'deviceId' | 'deviceIdHex'>;

/** Refuses an empty id (A-R32), and hexadecimal digits of bytes that are text: such an id has to be given as text. */
export function encodeDeviceId({ deviceId, deviceIdHex }: DeviceIdentity): Uint8Array | null {
  const bytes = deviceIdHex ? decodeHex(deviceId) : encodeUtf8(deviceId);
  if (bytes === null || bytes.length === 0) return null;
  return isPrintable(bytes) === !deviceIdHex ? encodeBlock(bytes) : null;
}

export function decodeDeviceId(bytes: Uint8Array): DeviceIdentity | null {
  if (bytes.length === 0) return null;
  if (!isPrintable(bytes)) return { deviceId: encodeHex(bytes), deviceIdHex: true };
  return { deviceId: String.fromCharCode(...bytes) };
}

/** The key as an unsigned integer of four bytes, the low one first (A-R38 to A-R41); none is an empty field. */
export function encodePolicyKey(key: PolicyKey | undefined): Uint8Array | null {
  if (key === undefined) return Uint8Array.of(0);
  if (!/^(0|[1-9]\d{0,9})$/.test(key) || Number(key) > 0xffff_ffff) return null;
  return Uint8Array.of(4, ...[0, 8, 16, 24].map((shift) => (Number(key) >>> shift) & 0xff));
}

export function decodePolicyKey(bytes: Uint8Array): { readonly policyKey?: PolicyKey } | null {
  if (bytes.length === 0) return {};
  if (bytes.length !== 4) return null;
  return { policyKey: String(bytes.reduceRight((sum, byte) => sum * 256 + byte, 0)) };
}

export function encodeText(text: string): Uint8Array | null {
  const bytes = encodeUtf8(text);
  return bytes && encodeBlock(bytes);
}

/** Bytes behind their length, at most 255 of them. */
export function encodeBlock(bytes: Uint8Array): Uint8Array | null {
  return bytes.length > 0xff ? null : Uint8Array.of(bytes.length, ...bytes);
}

/** A byte written in decimal, without leading zeros. */
export function encodeByte(text: string): Uint8Array | null {
  return /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 0xff ? Uint8Array.of(Number(text)) : null;
}

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte <= 0x7e);
}
