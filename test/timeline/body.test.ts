import { expect, test } from 'vitest';
import { wbxml } from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import { everything, MAX_BODY, MAX_XML } from '../../src/timeline/index.js';
import { unwrap } from '../support/device.js';

test('XML that is much longer than its bytes is cut, and says so', () => {
  const many: Element[] = Array.from({ length: 50_000 }, () => ({ name: 'Provision:Policy', content: null }));
  let document: Element = { name: 'Provision:Policies', content: many };
  for (let level = 0; level < 20; level++) document = { name: 'Provision:Data', content: [document] };
  const bytes = unwrap(wbxml.encode(document));
  expect(bytes.length).toBeLessThan(MAX_BODY);
  const { hex, xml } = everything.body(bytes);
  expect(hex).toHaveLength(2 * bytes.length);
  expect(xml).toHaveLength(MAX_XML + 2);
  expect(xml?.endsWith('\n…')).toBe(true);
});
