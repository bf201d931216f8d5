/** XML: the policy of 2.5, the readable view of WBXML, and the strict reader below both. */
import { xmlView } from '../../src/codec/xml/index.js';
import { buildXml, parseXml, type XmlLimits, type XmlNode } from '../../src/codec/xml/strict.js';
import { wapPolicy } from '../../src/codec/xml/wap-policy.js';
import type { Element } from '../../src/protocol/element.js';
import type { EASProvisionDoc } from '../../src/protocol/policy.js';
import type { Coder, Result } from '../../src/protocol/result.js';
import { decodingFault, encodingFault, problemFault } from './coder-laws.js';
import { xmlRepeatables, xmlWords } from './dictionary.js';
import { simplerText } from './minimise.js';
import { mutatedText, pumpedText, type TextSource } from './mutate-text.js';
import { mutatedTree, simplerTree } from './mutate-tree.js';
import type { Random } from './random.js';
import { isSame } from './same.js';
import { treeSeeds, viewSeeds, wapSeeds } from './seeds.js';
import { shown } from './show.js';
import type { Target } from './target.js';

/** A document to read, or a tree to show. */
export type XmlInput = string | Element;

/** What is under test; a mutant of any part has to be found. */
export interface XmlCoders {
  readonly wap: Coder<EASProvisionDoc, string>;
  readonly view: Coder<Element, string>;
  parse(text: string): Result<XmlNode>;
  build(node: XmlNode): Result<string>;
}

/** So narrow that inputs go beyond each of them. */
const limits: XmlLimits = { characters: 4096, depth: 4, elements: 24, attributes: 2 };

export const shippedXml: XmlCoders = {
  wap: wapPolicy,
  view: xmlView,
  parse: (text) => parseXml(text, limits),
  build: (node) => buildXml(node, 'compact', limits),
};

export function xmlTarget({ wap, view, parse, build }: XmlCoders = shippedXml): Target<XmlInput> {
  function textFault(text: string): string | null {
    return (
      strictFault(text, parse(text), build) ??
      (text.includes('wap-provisioningdoc')
        ? decodingFault({ coder: asAsked(wap) }, text)
        : decodingFault({ coder: view, refusals: ['ERR_XML_SIZE'] }, text))
    );
  }
  return {
    name: 'xml',
    make(random) {
      if (random.once(5)) return mutatedTree(random, treeSeeds);
      return random.once(2000) ? pumped(random) : mutatedText(random, source);
    },
    check: (input) => (typeof input === 'string' ? textFault(input) : encodingFault({ coder: view }, input)),
    simpler: (input) => (typeof input === 'string' ? simplerText(input) : simplerTree(input)),
    show: (input) => (typeof input === 'string' ? JSON.stringify(input) : `tree ${shown(input)}`),
    work: {
      pumped,
      length: (input) => (typeof input === 'string' ? input.length : 0),
      decode(input) {
        if (typeof input !== 'string') return;
        parse(input);
        wap.decode(input);
        view.decode(input);
      },
      each: 40,
      fixed: 3000,
    },
  };
}

const source: TextSource = { seeds: [...wapSeeds, ...viewSeeds], words: xmlWords, repeatable: xmlRepeatables };

/** What a document asks for, in what a document can ask: no lock from 9999 seconds on, and none below one minute. */
function asAsked(wap: XmlCoders['wap']): XmlCoders['wap'] {
  return {
    encode: wap.encode,
    decode(text) {
      const decoded = wap.decode(text);
      if (!decoded.ok) return decoded;
      const { MaxInactivityTimeDeviceLock: seconds, ...policy } = decoded.value;
      if (typeof seconds !== 'number' || seconds >= 9999) return { ok: true, value: policy };
      return { ok: true, value: { ...policy, MaxInactivityTimeDeviceLock: Math.max(seconds, 60) } };
    },
  };
}

function pumped(random: Random): string {
  return pumpedText(random, source, 1 << (4 + random.below(12)));
}

/** The strict reader: bounded by its limits, and what it can write again comes back the same. */
function strictFault(text: string, parsed: Result<XmlNode>, build: XmlCoders['build']): string | null {
  if (!parsed.ok) return problemFault(parsed.error, text.length);
  if (/<!DOCTYPE|<!ENTITY/.test(text.replaceAll(/<!\[CDATA\[.*?\]\]>|<!--.*?-->/gs, ''))) {
    return 'no document type is read: one was';
  }
  const { depth, elements } = sizeOf(parsed.value);
  if (depth > limits.depth || elements > limits.elements)
    return `nothing beyond the limits is read: ${depth} ${elements}`;
  const written = build(parsed.value);
  if (!written.ok) {
    // Text beside children has no layout that keeps it, and escapes take room.
    const { code } = written.error;
    return code === 'ERR_XML_SHAPE' || code === 'ERR_XML_SIZE' ? null : `what is read can be written: ${code}`;
  }
  const again = parseXml(written.value, { ...limits, characters: Number.MAX_SAFE_INTEGER });
  if (!again.ok) return `what is written can be read: ${again.error.code}`;
  return isSame(again.value, parsed.value) ? null : 'writing loses nothing: another document came back';
}

function sizeOf({ children }: XmlNode): { readonly depth: number; readonly elements: number } {
  const inner = children.map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    elements: inner.reduce((sum, { elements }) => sum + elements, 1),
  };
}
