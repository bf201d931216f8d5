/** What the mutators know of the formats: words that mean something where they stand. */
import { codePages } from '../../src/codec/wbxml/code-pages.js';
import { tags } from '../../src/codec/wbxml/tags.js';
import { END, HAS_CONTENT, OPAQUE, STR_I, SWITCH_PAGE, unusedTokens } from '../../src/codec/wbxml/tokens.js';
import { commandNames, queryParameters } from '../../src/protocol/command.js';
import { policyElementNames, policyElements } from '../../src/protocol/policy.js';
import { versions } from '../../src/protocol/version.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const provision = codePages.find(({ name }) => name === 'Provision')?.tags ?? [];

/** Multi-byte integers at their edges: shortest, padded, the greatest, one too great, one too long, unfinished. */
const integers = [
  bytes(0x00),
  bytes(0x7f),
  bytes(0x81, 0x00),
  bytes(0x80, 0x01),
  bytes(0x80, 0x80, 0x80, 0x80, 0x01),
  bytes(0x8f, 0xff, 0xff, 0xff, 0x7f),
  bytes(0x90, 0x80, 0x80, 0x80, 0x00),
  bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
  bytes(0xff, 0xff),
];

/** UTF-8 at its edges: the shortest and longest forms, overlong, surrogates, beyond Unicode, cut short, a byte order mark. */
const utf8 = [
  bytes(0xc2, 0x80),
  bytes(0xdf, 0xbf),
  bytes(0xe0, 0xa0, 0x80),
  bytes(0xef, 0xbf, 0xbd),
  bytes(0xf0, 0x90, 0x80, 0x80),
  bytes(0xf4, 0x8f, 0xbf, 0xbf),
  bytes(0xc0, 0x80),
  bytes(0xe0, 0x80, 0xaf),
  bytes(0xed, 0xa0, 0x80),
  bytes(0xed, 0xbf, 0xbf),
  bytes(0xf4, 0x90, 0x80, 0x80),
  bytes(0xe2, 0x82),
  bytes(0xef, 0xbb, 0xbf),
  bytes(0x00),
];

/** Tokens, page switches, values: the grammar of WBXML in pieces. */
export const wbxmlWords: readonly Uint8Array[] = [
  bytes(0x03, 0x01, 0x6a, 0x00),
  bytes(END),
  bytes(END, END, END),
  bytes(STR_I, 0x31, 0x00),
  bytes(STR_I, 0x32, 0x00),
  bytes(STR_I, 0x00),
  bytes(OPAQUE, 0x00),
  bytes(OPAQUE, 0x02, 0x31, 0x32),
  // Whole elements whose length is spelled in five bytes, and in six.
  bytes(0x4e, OPAQUE, 0x80, 0x80, 0x80, 0x80, 0x01, 0x31, END),
  bytes(0x4e, OPAQUE, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0x31, END),
  ...codePages.map(({ page }) => bytes(SWITCH_PAGE, page)),
  bytes(SWITCH_PAGE, codePages.length),
  bytes(SWITCH_PAGE, 0xff),
  ...provision.flatMap(([token]) => [bytes(token), bytes(token | HAS_CONTENT), bytes(token | HAS_CONTENT, END)]),
  ...Object.values(unusedTokens).map((token) => bytes(token)),
  ...integers,
  ...utf8,
];

/** Names of tags that there are, and some that there are not. */
export const tagNames: readonly string[] = [
  ...[...tags.keys()].filter((name) => /^(Provision|Settings):/.test(name)),
  ...[...tags.keys()].filter((_, at) => at % 17 === 0),
  'Provision:Nothing',
  'Policy',
  '',
  'Provision:',
  '__proto__',
];

/** Texts at their edges: numbers, blanks, halves of pairs, markup. */
export const texts: readonly string[] = [
  ...['', ' ', '0', '1', '2', '3', '4', '5', '-1', '+1', '01', '1.0', '1e3', '\t1\r\n', '16', '9999'],
  ...['4294967295', '4294967296', '9007199254740993', '184467440737095516160', 'NaN', 'true'],
  ...['\0', '\ud800', '\udc00', '\ud83d\ude00', '\ufeff', '\ufffe', '\u0085', '\u2028', 'é', '\x7f'],
  ...['__proto__', 'constructor', 'toString', '&', '<', ']]>', '"', "'"],
  ...['MS-EAS-Provisioning-WBXML', 'MS-WAP-Provisioning-XML'],
];

export const queryWords: readonly string[] = [
  ...commandNames.map((name) => `Cmd=${name}`),
  ...Object.keys(queryParameters).map((name) => `&${name}=`),
  ...versions,
  ...['Cmd=', 'cmd=', '&User=', '&DeviceId=', '&DeviceType=', '&', '=', '?', '%', '%2', '%zz', '%00', '%ff', '%C3%A9'],
  ...['+', '%2B', '%26', '%3D', '/', '\\', '#', ';', ',', ' ', 'A', 'AA==', 'AAA=', '====', '-_', 'https://', 'http:/'],
  ...['/Microsoft-Server-ActiveSync', 'jA', 'GMT', 'Basic ', 'Feb', '29', '31', '60', ':', 'MS-AS', '\r\n', '\0'],
  ...texts,
];

/** What may come any number of times in a query or a header. */
export const queryRepeatables: readonly string[] = [
  '&',
  '&a',
  '&a=b',
  '=',
  '%41',
  '+',
  'A',
  ' ',
  ',',
  'a, ',
  '?',
  '/',
  '0',
];

/** What may come any number of times in a document. */
export const xmlRepeatables: readonly string[] = [
  ...['<a/>', '<a></a>', '<a>', ' ', '&amp;', '&#65;', 'a', '<!---->', '<![CDATA[]]>', ']', '-', 'a="1" ', '>'],
  ...['<characteristic type="a"/>', '<parm name="a" value="1"/>', '<characteristic type="a">'],
];

export const xmlWords: readonly string[] = [
  ...['<', '>', '/>', '</', '<a>', '</a>', '<a/>', '<!--', '-->', '--', '<![CDATA[', ']]>', '<!DOCTYPE a>', '<?xml?>'],
  ...['<?xml version="1.0" encoding="UTF-8"?>', '<!ENTITY a "b">', '&amp;', '&lt;', '&#0;', '&#x41;', '&#65;', '&a;'],
  ...[
    '&#xD800;',
    '&#x10FFFF;',
    '&#x110000;',
    '&',
    ';',
    '"',
    "'",
    '=',
    ' a="1"',
    " content='opaque'",
    ' content="text"',
  ],
  ...[' content="elements"', ' content="text-base64"', ' xmlns="Provision"', ' xmlns:settings="Settings"', 'settings:'],
  ...[
    '<characteristic type="Registry">',
    '</characteristic>',
    '<parm name="4131" value="0"/>',
    '<wap-provisioningdoc>',
  ],
  ...[
    '<parm name="AEFrequencyValue" value="',
    '-2147483648',
    '4294967296',
    'value="',
    'type="SecurityPolicy"',
    '__proto__',
  ],
  ...['<Policy>', '<_0x3F/>', 'AQ==', '\u1680', '\u3000', '\u0300', '\r', '\n', '\t'],
  ...texts,
];

/** Names and values of policy elements, and what they may not be. */
export const policyNames: readonly string[] = [...policyElementNames, 'Nothing', '__proto__', ''];

export const policyValues: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    2,
    4,
    5,
    8,
    16,
    17,
    -1,
    59,
    60,
    61,
    9998,
    9999,
    10_000,
    0x7fff_ffff,
    0xffff_ffff,
    2 ** 32,
  ],
  ...[0.5, -0, 2 ** 53, 1e300, '', '1', 'true', [], {}, [''], ['a'], ['a', 'b'], ['b', 'a'], ['a', 'a'], [1], ['\0']],
  ...[['\ud800'], [[]]],
  ...Object.values(policyElements).flatMap(({ kind }) =>
    'values' in kind ? Object.keys(kind.values).map(Number) : 'min' in kind ? [kind.min, kind.max, kind.max + 1] : [],
  ),
];

/** What is, and mostly is not, an element that no row of the policy names. */
export const strangers: readonly unknown[] = [
  { name: 'Settings:Model', content: 'x' },
  { name: 'Provision:0x3F', content: null },
  { name: 'Settings:Set', content: [{ name: 'Settings:Model', content: [] }] },
  { name: 'Settings:Set', content: [{ name: 'Settings:Model' }] },
  { name: 'Settings:Model' },
  { name: 'Settings:Model', content: 5 },
  { name: 'Provision:AllowCamera', content: '1' },
  { name: 'Nothing', content: [] },
  { name: 5, content: null },
  { content: 'x' },
  null,
  'x',
];
