import { describe, expect, test } from 'vitest';
import { wbxml } from '../../../src/codec/wbxml/index.js';
import type { Element } from '../../../src/protocol/element.js';
import { bodies } from '../../support/transcripts.js';

/** Names that a recorder's table spells otherwise: ours are those of MS-ASWBXML 2.1.2.1.19. */
const otherSpellings = [['Settings:SmtpAddress', 'Settings:SMTPAddress']] as const;

describe.each(bodies)('$of', ({ bytes, xml }) => {
  const decoded = wbxml.decode(bytes);

  test('says what its recorder read', () => {
    expect(decoded.ok && rendered(decoded.value)).toBe(xml && respelled(xml).replaceAll(/>\s+</g, '><').trim());
  });

  test('is written as it was recorded', () => {
    expect(decoded.ok && wbxml.encode(decoded.value)).toEqual({ ok: true, value: bytes });
  });
});

test.each(otherSpellings)('the other spelling %s occurs', (theirs) => {
  expect(bodies.some(({ xml }) => xml?.includes(theirs))).toBe(true);
});

function respelled(xml: string): string {
  return otherSpellings.reduce((xml, [theirs, ours]) => xml.replaceAll(theirs, ours), xml);
}

/** XML as the recorders write it; no recorded body has opaque bytes. */
function rendered({ name, content }: Element): string {
  if (content === null || content.length === 0) return `<${name}/>`;
  const inside =
    typeof content === 'string' ? escaped(content) : Array.from(content as readonly Element[], rendered).join('');
  return `<${name}>${inside}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
