import { describe, expect, it } from 'vitest';
import { buildXml, parseXml, type XmlNode } from '../../../src/codec/xml/strict.js';
import { characteristic, parm, parmsIn, valuesOf, wapDocument } from '../../../src/codec/xml/wap-document.js';
import { problem } from '../../../src/protocol/problem.js';
import { err } from '../../../src/protocol/result.js';
import { limits } from './documents.js';

describe('parmsIn', () => {
  it('finds the parms of a document that it wrote, with their paths in lower case', () => {
    const document = wapDocument([
      characteristic('A', [parm('one', 1)]),
      characteristic('B', [characteristic('C\\D', [parm('two', -2)]), parm('three', 3)]),
    ]);
    const xml = buildXml(document, 'compact', limits);
    expect(xml.ok && parmsIn(root(xml.value))).toEqual([
      { path: 'a', name: 'one', value: '1' },
      { path: 'b/c\\d', name: 'two', value: '-2' },
      { path: 'b', name: 'three', value: '3' },
    ]);
  });

  it('skips what is no parm with a name and a value, and what stands in an element it does not know', () => {
    const document = root(
      '<r><parm/><parm name="a"/><parm value="1"/><parm name="b" value=""/><p name="c" value="1"/>' +
        '<characteristic><parm name="d" value="1"/></characteristic><q><parm name="e" value="1"/></q>' +
        '<q type="a"><parm name="f" value="1"/></q></r>',
    );
    expect(parmsIn(document)).toEqual([]);
  });
});

describe('valuesOf', () => {
  const known = new Set(['a/x', 'b/y']);

  it('takes the parms that are known where they stand', () => {
    const parms = [at('a', 'x', '1'), at('b', 'x', '2'), at('b', 'y', '-3'), at('a', 'x', '01'), at('a', 'z', 'z')];
    expect(valuesOf(parms, known)).toEqual({
      ok: true,
      value: new Map([
        ['x', 1],
        ['y', -3],
      ]),
    });
  });

  it.each(['', ' 1', '1 ', '+1', '--1', '1.0', '1e3', '0x1', '٣', '4294967296', '-2147483649', '00000000001'])(
    '%j is no 32-bit integer',
    (value) => {
      expect(valuesOf([at('a', 'x', value)], known)).toEqual(
        err(problem('ERR_POLICY_VALUE', 'expected a 32-bit integer', { path: 'a/x' })),
      );
    },
  );

  it.each(['0', '-0', '4294967295', '-2147483648', '0000000001'])('%j is one', (value) => {
    const values = valuesOf([at('a', 'x', value)], known);
    expect(values.ok && values.value.get('x')).toBeCloseTo(Number(value));
  });

  it('refuses two values for one parm', () => {
    const values = valuesOf([at('a', 'x', '1'), at('a', 'x', '2')], known);
    expect(values).toEqual(err(problem('ERR_POLICY_SHAPE', 'a parm with two values', { path: 'a/x' })));
  });
});

function root(xml: string): XmlNode {
  const parsed = parseXml(xml, limits);
  return parsed.ok ? parsed.value : expect.fail(parsed.error.message);
}

function at(path: string, name: string, value: string) {
  return { path, name, value };
}
