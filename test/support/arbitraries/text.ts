import fc from 'fast-check';

/** Any code point but surrogates: `binary` of fast-check, without the table of all of them, which takes a second to make. */
const codePoint = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));

/** Text of any characters. */
export function anyText(constraints: { readonly minLength?: number; readonly maxLength?: number } = {}) {
  return fc.string({ ...constraints, unit: codePoint });
}

/** Any JSON with such text in it. */
export const anyJson = fc.jsonValue({ stringUnit: codePoint });

/** Text that an inline string can carry: any characters but NUL. */
export const inlineText: fc.Arbitrary<string> = anyText({ maxLength: 12 }).map((text) =>
  text.replaceAll('\0', '\u{FFFD}'),
);

/** Text without blanks around it, as names and keys are. */
export const token: fc.Arbitrary<string> = inlineText.map((text) => text.trim());
