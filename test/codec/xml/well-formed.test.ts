import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildXml } from '../../../src/codec/xml/strict.js';
import { faultOf, prologLength } from '../../../src/codec/xml/well-formed.js';
import { problem } from '../../../src/protocol/problem.js';
import { limits, spelling, tree } from './documents.js';

/** A document on one line, with nothing around its root. */
const document = tree.map((node) => {
  const xml = buildXml(node, 'compact', limits);
  return xml.ok ? xml.value : expect.fail(xml.error.message);
});

describe('faultOf', () => {
  it('finds none in a document, however it is spelled', () => {
    fc.assert(
      fc.property(spelling, ({ xml }) => {
        expect(faultOf(xml, limits)).toBeNull();
      }),
    );
  });

  it('finds one in any beginning of a document', () => {
    fc.assert(
      fc.property(document, fc.nat(), (xml, where) => {
        const end = where % xml.length;
        const fault = faultOf(xml.slice(0, end), limits);
        expect(fault).toMatchObject({ code: 'ERR_XML_SYNTAX' });
        expect(fault?.offset).toBeLessThanOrEqual(end);
      }),
    );
  });

  it('finds one where a second document begins', () => {
    fc.assert(
      fc.property(document, document, (first, second) => {
        expect(faultOf(first + second, limits)).toMatchObject({ code: 'ERR_XML_SYNTAX', offset: first.length });
      }),
    );
  });

  it.each([
    ['\0<a/>', 0, 'a character that XML 1.0 cannot hold'],
    ['<a>\uD83D</a>', 3, 'a character that XML 1.0 cannot hold'],
    ['a', 0, 'text outside the root'],
    ['<a/>b', 4, 'text outside the root'],
    ['</a>', 0, 'an end tag that closes no element'],
    ['<a><b></a>', 6, 'an end tag that closes no element'],
    ['<a/><b/>', 4, 'a second root'],
    ['', 0, 'no root'],
    [' <!-- a -->', 11, 'no root'],
    ['<a>', 3, 'an element without its end'],
    ['<a>b & c</a>', 5, 'an & that begins no reference'],
  ])('%j: at %i, %s', (text, offset, message) => {
    expect(faultOf(text, limits)).toEqual(problem('ERR_XML_SYNTAX', message, { offset }));
  });

  it.each([
    ['<a/>', { characters: 4, depth: 1, elements: 1, attributes: 0 }],
    ['<a><b/></a>', { characters: 11, depth: 2, elements: 2, attributes: 0 }],
    ['<a b="" c=""/>', { characters: 14, depth: 1, elements: 1, attributes: 2 }],
  ])('finds none in %j within %j', (text, limits) => {
    expect(faultOf(text, limits)).toBeNull();
  });

  it.each([
    ['<a/>', { characters: 3, depth: 1, elements: 1, attributes: 0 }, 3, 'more than 3 characters'],
    [
      '<a><b/></a>',
      { characters: 99, depth: 1, elements: 2, attributes: 0 },
      3,
      'more than 1 elements inside each other',
    ],
    ['<a><b/></a>', { characters: 99, depth: 2, elements: 1, attributes: 0 }, 3, 'more than 1 elements'],
    ['<a b="" c=""/>', { characters: 99, depth: 1, elements: 1, attributes: 1 }, 7, 'more than 1 attributes'],
  ])('%j beyond %j: at %i, %s', (text, limits, offset, message) => {
    expect(faultOf(text, limits)).toEqual(problem('ERR_XML_SIZE', message, { offset }));
  });
});

describe('prologLength', () => {
  it.each([
    ['<a/>', 0],
    ['\uFEFF<a/>', 1],
    ['<?xml version="1.0"?><a/>', 21],
    [`<?xml version='1.0' encoding='UTF-8'?>`, 38],
    ['<?xml\nversion = "1.0" standalone="no" ?>', 40],
    ['\uFEFF<?xml version="1.0"?>\n', 22],
  ])('%j: %i', (text, length) => {
    expect(prologLength(text)).toBe(length);
  });

  it.each([
    '<?xml?>',
    '<?xml version="1.1"?>',
    '<?xml version=\'1.0"?>',
    '<?xml encoding="UTF-8"?>',
    '<?xml version="1.0" standalone="maybe"?>',
    '<?xml version="1.0" standalone="no" encoding="UTF-8"?>',
    '<?xml\u00A0version="1.0"?>',
    ' <?xml version="1.0"?>',
  ])('%j is no declaration', (text) => {
    expect(prologLength(text)).toBe(0);
    expect(faultOf(`${text}<a/>`, limits)).toMatchObject({ code: 'ERR_XML_SHAPE' });
  });
});
