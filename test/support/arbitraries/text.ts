import fc from 'fast-check';

/** Text that an inline string can carry: any characters but NUL. */
export const inlineText: fc.Arbitrary<string> = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((text) => text.replaceAll('\0', '\u{FFFD}'));

/** Text without blanks around it, as names and keys are. */
export const token: fc.Arbitrary<string> = inlineText.map((text) => text.trim());
