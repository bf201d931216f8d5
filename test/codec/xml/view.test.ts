import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wbxml } from '../../../src/codec/wbxml/index.js';
import { xmlView } from '../../../src/codec/xml/view.js';
import type { Element } from '../../../src/protocol/element.js';
import { type Problem, problem, problemCodes } from '../../../src/protocol/problem.js';
import { anyText } from '../../support/arbitraries/text.js';
import { bodies } from '../../support/transcripts.js';
import { currentTags, legacyTags, tree } from '../wbxml/trees.js';
import { mutated, soup } from './documents.js';

/** Text on which XML is particular. */
const awkward = fc
  .array(fc.constantFrom('\r', '\n', '\t', ' ', ']]>', '&lt;', '<a>', '\u0001', '\uFEFF', '\uFFFE', '\u{1F600}', 'a'), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));
const unnamed = problem('ERR_WBXML_NAME', 'a name that is in no code page');
const views = tree.map((root) => {
  const view = xmlView.encode(root);
  return view.ok ? view.value : '';
});

describe('properties', () => {
  it('what is shown is read back', () => {
    fc.assert(
      fc.property(tree, (root) => {
        const view = xmlView.encode(root);
        expect(view.ok && xmlView.decode(view.value)).toEqual({ ok: true, value: root });
      }),
      { numRuns: 1000 },
    );
  });

  it('so is awkward text, and what is beside it', () => {
    fc.assert(
      fc.property(awkward, fc.boolean(), (text, alone) => {
        const data: Element = { name: 'Provision:Data', content: text };
        const root = alone
          ? data
          : { name: 'Provision:Policy', content: [data, { name: 'Provision:Status', content: '1' }] };
        const view = xmlView.encode(root);
        expect(view.ok && xmlView.decode(view.value)).toEqual({ ok: true, value: root });
      }),
      { numRuns: 1000 },
    );
  });

  it('any text is a document or a problem', () => {
    fc.assert(
      fc.property(fc.oneof(soup, mutated(views), mutated(mutated(views)), anyText()), (text) => {
        const read = xmlView.decode(text);
        if (read.ok) expect(wbxml.encode(read.value).ok || hasLegacyTag(read.value)).toBe(true);
        else expect(problemCodes).toHaveProperty(read.error.code);
      }),
      { numRuns: 3000 },
    );
  });

  it('showing what was read changes nothing more', () => {
    fc.assert(
      fc.property(mutated(views), (text) => {
        const read = xmlView.decode(text);
        if (!read.ok) return;
        const view = xmlView.encode(read.value);
        expect(view.ok && xmlView.decode(view.value)).toEqual(read);
      }),
      { numRuns: 1000 },
    );
  });

  it('legacy tags are shown as well', () => {
    const root: Element = {
      name: 'Provision:Provision',
      content: legacyTags.map(({ name }) => ({ name, content: null })),
    };
    const view = xmlView.encode(root);
    expect(view.ok && xmlView.decode(view.value)).toEqual({ ok: true, value: root });
  });

  it('every recorded body is shown and read back', () => {
    expect(bodies.length).toBeGreaterThan(0);
    for (const { bytes } of bodies) {
      const root = wbxml.decode(bytes);
      const view = root.ok ? xmlView.encode(root.value) : root;
      expect(view.ok && xmlView.decode(view.value)).toEqual(root);
    }
  });
});

describe('examples', () => {
  it('an initial response, as MS-ASPROV shows one', () => {
    const view = [
      '<Provision xmlns="Provision" xmlns:settings="Settings">',
      '  <settings:DeviceInformation>',
      '    <settings:Status>1</settings:Status>',
      '  </settings:DeviceInformation>',
      '  <Status>1</Status>',
      '  <Policies>',
      '    <Policy>',
      '      <PolicyType>MS-EAS-Provisioning-WBXML</PolicyType>',
      '      <Data>',
      '        <EASProvisionDoc>',
      '          <DevicePasswordEnabled>1</DevicePasswordEnabled>',
      '          <MaxAttachmentSize/>',
      '        </EASProvisionDoc>',
      '      </Data>',
      '    </Policy>',
      '  </Policies>',
      '</Provision>',
    ].join('\n');
    const policy = [
      { name: 'Provision:DevicePasswordEnabled', content: '1' },
      { name: 'Provision:MaxAttachmentSize', content: null },
    ];
    const root: Element = {
      name: 'Provision:Provision',
      content: [
        { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Status', content: '1' }] },
        { name: 'Provision:Status', content: '1' },
        {
          name: 'Provision:Policies',
          content: [
            {
              name: 'Provision:Policy',
              content: [
                { name: 'Provision:PolicyType', content: 'MS-EAS-Provisioning-WBXML' },
                { name: 'Provision:Data', content: [{ name: 'Provision:EASProvisionDoc', content: policy }] },
              ],
            },
          ],
        },
      ],
    };
    expect(xmlView.encode(root)).toEqual({ ok: true, value: view });
    expect(xmlView.decode(view)).toEqual({ ok: true, value: root });
  });

  it.each<[string, Element['content'], string]>([
    ['no content', null, '<Data xmlns="Provision"/>'],
    ['an empty list', [], '<Data xmlns="Provision" content="elements"/>'],
    ['empty text', '', '<Data xmlns="Provision" content="text"/>'],
    ['white space', ' \n', '<Data xmlns="Provision"> \n</Data>'],
    ['a carriage return', 'a\r\nb', '<Data xmlns="Provision">a&#xD;\nb</Data>'],
    ['XML', '<parm value="&"/>', '<Data xmlns="Provision">&lt;parm value="&amp;"/&gt;</Data>'],
    ['a control character', '\u0001', '<Data xmlns="Provision" content="text-base64">AQ==</Data>'],
    [
      'a byte order mark and a noncharacter',
      '\uFEFF\uFFFF',
      '<Data xmlns="Provision" content="text-base64">77u/77+/</Data>',
    ],
    ['bytes', Uint8Array.of(0, 255), '<Data xmlns="Provision" content="opaque">AP8=</Data>'],
    ['no bytes', Uint8Array.of(), '<Data xmlns="Provision" content="opaque"/>'],
    ['an unassigned tag', [{ name: 'Provision:0x3F', content: null }], '<Data xmlns="Provision">\n  <_0x3F/>\n</Data>'],
    [
      'an unassigned tag of another page',
      [{ name: 'AirSync:0x3F', content: 'a' }],
      '<Data xmlns="Provision" xmlns:airsync="AirSync">\n  <airsync:_0x3F>a</airsync:_0x3F>\n</Data>',
    ],
  ])('%s', (_, content, view) => {
    const root: Element = { name: 'Provision:Data', content };
    expect(xmlView.encode(root)).toEqual({ ok: true, value: view });
    expect(xmlView.decode(view)).toEqual({ ok: true, value: root });
  });

  it.each([
    ['a colon behind the namespace', '<Status xmlns="Provision:">1</Status>'],
    ['a prefix for the root too', '<p:Status xmlns:p="Provision">1</p:Status>'],
    ['a prefix that begins with xml', '<xmlp:Status xmlns:xmlp="Provision">1</xmlp:Status>'],
    ['an attribute that says what is plain', '<Status xmlns="Provision" content="text">1</Status>'],
    [
      'a declaration, comments, CDATA',
      '<?xml version="1.0"?><!-- a --><Status xmlns="Provision"><![CDATA[1]]></Status>',
    ],
  ])('%s is read as well', (_, view) => {
    expect(xmlView.decode(view)).toEqual({ ok: true, value: { name: 'Provision:Status', content: '1' } });
  });

  it('declarations count where they stand, and inside', () => {
    const view =
      '<Sync xmlns="AirSync"><Status xmlns="Settings:"/><p:Data xmlns:p="Provision"><p:Policy/><Add/></p:Data></Sync>';
    expect(xmlView.decode(view)).toEqual({
      ok: true,
      value: {
        name: 'AirSync:Sync',
        content: [
          { name: 'Settings:Status', content: null },
          {
            name: 'Provision:Data',
            content: [
              { name: 'Provision:Policy', content: null },
              { name: 'AirSync:Add', content: null },
            ],
          },
        ],
      },
    });
  });
});

describe('what is not shown', () => {
  const unsound = problem('ERR_WBXML_TEXT', 'text that holds a NUL or half a surrogate pair');
  const deep = problem('ERR_XML_SIZE', 'more than 32 elements deep');

  it.each<[string, Element, Problem, string | undefined]>([
    ['a tag that is in no page', { name: 'Provision:Nothing', content: null }, unnamed, undefined],
    ['a page that there is not', { name: 'xml:Policy', content: null }, unnamed, undefined],
    ['a token that has a name', inside({ name: 'Provision:0x05', content: null }), unnamed, 'Provision'],
    ['a NUL', inside({ name: 'Provision:Data', content: 'a\0' }), unsound, 'Provision/Data'],
    ['half a surrogate pair', inside({ name: 'Provision:Data', content: '\uD83D' }), unsound, 'Provision/Data'],
    ['a tree too deep', nested(33), deep, Array(33).fill('Policy').join('/')],
  ])('%s', (_, root, found, path) => {
    expect(xmlView.encode(root)).toEqual({ ok: false, error: { ...found, path } });
  });

  it('a tree that repeats itself too often', () => {
    let root: Element = { name: 'Provision:Policy', content: null };
    for (let level = 0; level < 30; level++) root = { name: 'Provision:Policy', content: [root, root] };
    expect(xmlView.encode(root)).toMatchObject({
      error: { code: 'ERR_XML_SIZE', message: 'more than 65536 elements' },
    });
  });
});

describe('what is not read', () => {
  const undeclared = problem('ERR_XML_SHAPE', 'a prefix, or a default namespace, not declared');
  const foreign = problem('ERR_WBXML_PAGE', 'a namespace that is no code page');
  const mixed = problem('ERR_WBXML_MIXED', 'text and elements in one element');
  const attribute = problem('ERR_XML_SHAPE', 'an attribute other than content');
  const base64 = problem('ERR_BASE64', 'expected base64 without white space');
  const document = problem('ERR_XML_DOCTYPE', 'a document type or another markup declaration', { offset: 0 });

  it.each<[string, string, Problem, string | undefined]>([
    ['no namespace', '<Policy/>', undeclared, undefined],
    ['a prefix not declared', '<a:Policy xmlns="Provision"/>', undeclared, undefined],
    ['a prefix of nothing', '<:Policy xmlns="Provision"/>', unnamed, undefined],
    ['the prefix xml', '<xml:Policy xmlns:xml="Provision"/>', undeclared, undefined],
    ['a namespace that is no page', '<Policy xmlns="http://example.test/"/>', foreign, undefined],
    ['a namespace with a colon within', '<Policy xmlns="Prov:ision"/>', foreign, undefined],
    ['a name in no page', '<Policy xmlns="Provision"><Sync/></Policy>', unnamed, 'Policy'],
    ['a name in three parts', '<p:Policy:Policy xmlns="Provision" xmlns:p="Provision"/>', unnamed, undefined],
    ['a token that has a name', '<_0x05 xmlns="Provision"/>', unnamed, undefined],
    ['a token in lower case', '<_0x3f xmlns="Provision"/>', unnamed, undefined],
    ['a token that no tag has', '<_0x04 xmlns="Provision"/>', unnamed, undefined],
    ['text beside elements', '<Policy xmlns="Provision">1<Status/></Policy>', mixed, 'Policy'],
    ['text where elements are said to be', '<Policy xmlns="Provision" content="elements">1</Policy>', mixed, 'Policy'],
    [
      'elements where text is said to be',
      '<Policy xmlns="Provision" content="text"><Status/></Policy>',
      mixed,
      'Policy',
    ],
    [
      'an unknown content',
      '<Policy xmlns="Provision" content="nothing"/>',
      problem('ERR_XML_SHAPE', 'an unknown value of content'),
      'Policy',
    ],
    ['another attribute', '<Policy xmlns="Provision"><Status id="1"/></Policy>', attribute, 'Policy/Status'],
    ['an attribute that ends in xmlns', '<Policy xmlns="Provision" axmlns="Provision"/>', attribute, 'Policy'],
    ['bytes not in base64', '<Data xmlns="Provision" content="opaque">A</Data>', base64, 'Data'],
    ['bytes with white space', '<Data xmlns="Provision" content="opaque">\nAQ==\n</Data>', base64, 'Data'],
    ['text not in base64', '<Data xmlns="Provision" content="text-base64">*</Data>', base64, 'Data'],
    [
      'text that is not UTF-8',
      '<Data xmlns="Provision" content="text-base64">/w==</Data>',
      problem('ERR_WBXML_TEXT', 'text that is not UTF-8'),
      'Data',
    ],
    [
      'a NUL in base64',
      '<Data xmlns="Provision" content="text-base64">AA==</Data>',
      problem('ERR_WBXML_TEXT', 'text that holds a NUL'),
      'Data',
    ],
    [
      'two roots',
      '<Policy xmlns="Provision"/><Policy xmlns="Provision"/>',
      problem('ERR_XML_SYNTAX', 'a second root', { offset: 27 }),
      undefined,
    ],
    ['a document type', '<!DOCTYPE Policy><Policy xmlns="Provision"/>', document, undefined],
    [
      'elements too deep',
      '<a>'.repeat(33),
      problem('ERR_XML_SIZE', 'more than 32 elements inside each other', { offset: 96 }),
      undefined,
    ],
  ])('%s', (_, text, found, path) => {
    expect(xmlView.decode(text)).toEqual({ ok: false, error: { ...found, path } });
  });
});

describe('room', () => {
  it('for the deepest, longest and most numerous elements that wbxml reads, all in one document', () => {
    const lengths = currentTags.map(({ name }) => name.length);
    const { name } = currentTags[lengths.indexOf(Math.max(...lengths))]!;
    const leaves: Element[] = Array.from({ length: 0x1_0000 - 34 }, () => ({ name, content: '\u0001' }));
    const texts = [0x4_0000, 0x4_0000, 0x2_e000].map((length) => ({ name, content: '\r'.repeat(length) }));
    const root = nested(31, [...leaves, ...texts]);
    const before = wbxml.encode(root);
    const view = xmlView.encode(root);
    const read = view.ok ? xmlView.decode(view.value) : view;
    const after = read.ok ? wbxml.encode(read.value) : read;
    expect(before.ok && after.ok && Buffer.compare(before.value, after.value)).toBe(0);
  });
});

function inside(child: Element): Element {
  return { name: 'Provision:Provision', content: [child] };
}

/** As many policies, one inside the other, and the content in the last. */
function nested(depth: number, content: Element['content'] = null): Element {
  const policy = { name: 'Provision:Policy', content };
  return depth === 1 ? policy : nested(depth - 1, [policy]);
}

const legacy = new Set(legacyTags.map(({ name }) => name));

function hasLegacyTag({ name, content }: Element): boolean {
  return legacy.has(name) || (Array.isArray(content) && content.some(hasLegacyTag));
}
