/** What no XML 1.0 document can hold, not even as a reference: XML 1.0 (Fifth Edition) 2.2. */
const notCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Where the first character stands that XML cannot hold, half a surrogate pair among them; -1 if there is none. */
export function foreignCharacter(text: string): number {
  return text.search(notCharacter);
}

/** Whether there is nothing but white space, in the sense of XML 1.0 2.3. */
export function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

/** Where the first `&` stands that begins none of the references of `resolveReferences`; -1 if there is none. */
export function faultyReference(text: string): number {
  for (const { 0: reference, index } of text.matchAll(references)) {
    if (resolve(reference) === null) return index;
  }
  return -1;
}

/** The text with its references resolved: the five predefined entities and characters by number (XML 1.0 4.1, 4.6). */
export function resolveReferences(text: string): string {
  return text.replace(references, (reference) => resolve(reference) ?? reference);
}

/** Text as it stands between tags. Line feeds and tabs stay; a carriage return would be read back as a line feed. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => escapes[character]!);
}

/** Text as it stands in a quoted attribute, where white space would be read back as spaces (XML 1.0 3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (character) => escapes[character]!);
}

/** An attribute's text, line ends normalized, before its references are resolved: white space is spaces (3.3.3). */
export function normalizeAttribute(text: string): string {
  return text.replace(/[\t\n]/g, ' ');
}

/** The longest reference with any use, `&#x10FFFF;`, and some leading zeros. */
const references = /&(?:[^;&<]{1,16};)?/g;

function resolve(reference: string): string | null {
  return known.get(reference) ?? numbered(reference);
}

function numbered(reference: string): string | null {
  const match = /&#(?:x([\dA-Fa-f]+)|(\d+));/.exec(reference);
  if (!match) return null;
  const [, hexadecimal, decimal] = match;
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  if (code > 0x10_ffff) return null;
  const character = String.fromCodePoint(code);
  return foreignCharacter(character) < 0 ? character : null;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** What we write is what we read most: the predefined entities among it need no arithmetic. */
const known: ReadonlyMap<string, string> = new Map(
  Object.entries(escapes).map(([character, reference]) => [reference, character]),
);
