/** The four global tokens that ActiveSync uses (MS-ASWBXML 2.1.3). */
export const SWITCH_PAGE = 0x00;
export const END = 0x01;
export const STR_I = 0x03;
export const OPAQUE = 0xc3;

/** Those it does not use: entities, literals, extensions, processing instructions and string tables (2.1.3). */
export const unusedTokens = {
  ENTITY: 0x02,
  LITERAL: 0x04,
  EXT_I_0: 0x40,
  EXT_I_1: 0x41,
  EXT_I_2: 0x42,
  PI: 0x43,
  LITERAL_C: 0x44,
  EXT_T_0: 0x80,
  EXT_T_1: 0x81,
  EXT_T_2: 0x82,
  STR_T: 0x83,
  LITERAL_A: 0x84,
  EXT_0: 0xc0,
  EXT_1: 0xc1,
  EXT_2: 0xc2,
  LITERAL_AC: 0xc4,
} as const satisfies Record<string, number>;

/** The identity bits of a tag byte; the first that is a tag, since lower ones would collide with global tokens. */
export const IDENTITY = 0x3f;
export const FIRST_TAG = 0x05;

/** Set when content and END follow the tag byte. */
export const HAS_CONTENT = 0x40;

/** Whether a byte is a tag, with or without content; bit 0x80, attributes, is never set. */
export function isTag(byte: number): boolean {
  return byte < 0x80 && (byte & IDENTITY) >= FIRST_TAG;
}

/** WBXML 1.3, and the integers after it: public identifier "unknown", UTF-8, no string table (MS-ASWBXML 2.1.2). */
export const VERSION = 0x03;
export const headerFields = [
  ['public identifier', 0x01],
  ['charset', 0x6a],
  ['string table length', 0x00],
] as const;

/** A byte as the specifications write it, `0x0E`. */
export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
