import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { tags } from '../../src/codec/wbxml/tags.js';
import type { Element } from '../../src/protocol/element.js';
import { inlineText } from '../support/arbitraries/text.js';
import { formatNotation, parseNotation } from './notation.js';

const names = [...tags.keys()];

const document: fc.Arbitrary<Element> = fc.letrec<{ element: Element; content: Element['content'] }>((tie) => ({
  element: fc.record({ name: fc.constantFrom(...names), content: tie('content') }, { noNullPrototype: true }),
  content: fc.oneof(
    { maxDepth: 5, depthSize: 'medium', withCrossShrink: true },
    fc.constant(null),
    fc.oneof(inlineText, fc.constantFrom('', '0', '1307199584', '{temporary}', '{key of anna}', '{', '"\\')),
    fc.uint8Array({ maxLength: 6 }),
    fc.array(tie('element'), { maxLength: 6 }),
  ),
})).element;

describe('properties', () => {
  it('every document comes back from its notation', () => {
    fc.assert(
      fc.property(document, (element) => {
        expect(parseNotation(formatNotation(element))).toEqual(element);
      }),
    );
  });

  it('a notation is written in one way', () => {
    fc.assert(
      fc.property(document, (element) => {
        const text = formatNotation(element);
        expect(formatNotation(parseNotation(text.replaceAll('\n', '\n   ')))).toBe(text);
      }),
    );
  });
});

test.each<readonly [string, Element]>([
  ['Provision', { name: 'Provision:Provision', content: null }],
  ['Provision()', { name: 'Provision:Provision', content: [] }],
  ['provision:Policy', { name: 'Provision:Policy', content: null }],
  [
    'Provision(settings:DeviceInformation(Set(Model="x")), Policies(Policy))',
    {
      name: 'Provision:Provision',
      content: [
        {
          name: 'Settings:DeviceInformation',
          content: [{ name: 'Settings:Set', content: [{ name: 'Settings:Model', content: 'x' }] }],
        },
        { name: 'Provision:Policies', content: [{ name: 'Provision:Policy', content: null }] },
      ],
    },
  ],
  [
    'FolderSync(SyncKey=0, airsync:Status=142, 0x3F="")',
    {
      name: 'FolderHierarchy:FolderSync',
      content: [
        { name: 'FolderHierarchy:SyncKey', content: '0' },
        { name: 'AirSync:Status', content: '142' },
        { name: 'FolderHierarchy:0x3F', content: '' },
      ],
    },
  ],
  ['provision:PolicyKey={temporary}', { name: 'Provision:PolicyKey', content: '{temporary}' }],
  ['provision:Hash=hex"00 FF"', { name: 'Provision:Hash', content: Uint8Array.of(0, 255) }],
])('%s', (text, element) => {
  expect(parseNotation(text)).toEqual(element);
  expect(formatNotation(element)).toBe(text);
});

test('a long document has a child on each line', () => {
  const policy = (key: number) => `Policy(PolicyType="MS-EAS-Provisioning-WBXML", Status=1, PolicyKey=${key})`;
  const lines = ['Provision(', '  Policies(', `    ${policy(1)},`, `    ${policy(2)}`, '  )', ')'];
  expect(formatNotation(parseNotation(`Provision(Policies(${policy(1)}, ${policy(2)}))`))).toBe(lines.join('\n'));
});

test.each([
  ['', 'expected name'],
  ['Policy', 'no such tag: Policy'],
  ['Provision(Set)', 'no such tag: Set'],
  ['nowhere:Policy', 'no such tag: nowhere:Policy'],
  ['Provision(Policies', 'expected )'],
  ['Provision(Policies,)', 'expected name'],
  ['Provision(Status=)', 'expected quoted'],
  ['Provision(Status=one)', 'expected quoted'],
  ['Provision Provision', 'expected end'],
])('not a notation: %s', (text, message) => {
  expect(() => parseNotation(text)).toThrow(message);
});
