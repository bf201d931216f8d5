/** WBXML, and the documents of Provision in it. */
import {
  createWbxml,
  policyDocument,
  provisionRequest,
  provisionResponse,
  type WbxmlLimits,
} from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import type { Coder, Result } from '../../src/protocol/result.js';
import { decodingFault, encodingFault, problemFault } from './coder-laws.js';
import { wbxmlWords } from './dictionary.js';
import { simplerBytes } from './minimise.js';
import { type ByteSource, mutatedBytes, pumpedBytes } from './mutate-bytes.js';
import { mutatedTree, simplerTree } from './mutate-tree.js';
import { isDocument } from './recognizer.js';
import { isSame } from './same.js';
import { bodySeeds, treeSeeds } from './seeds.js';
import { hexOf, shown } from './show.js';
import type { Target } from './target.js';

/** Bytes to decode, or a tree to encode. */
export type WbxmlInput = Uint8Array | Element;

/** What is under test; a mutant of any part has to be found. */
export interface WbxmlCoders {
  readonly document: Coder<Element, Uint8Array>;
  /** With the limits below. */
  readonly narrow: Coder<Element, Uint8Array>;
  readonly request: typeof provisionRequest;
  readonly response: typeof provisionResponse;
  readonly policy: typeof policyDocument;
}

const limits: WbxmlLimits = { bytes: 256, depth: 4, elements: 12, text: 24 };

export const shippedWbxml: WbxmlCoders = {
  document: createWbxml({ legacy: true }),
  narrow: createWbxml({ ...limits, legacy: true }),
  request: provisionRequest,
  response: provisionResponse,
  policy: policyDocument,
};

export function wbxmlTarget(coders: WbxmlCoders = shippedWbxml): Target<WbxmlInput> {
  const { document, narrow, request, response, policy } = coders;

  function bytesFault(bytes: Uint8Array): string | null {
    const decoded = document.decode(bytes);
    return (
      decodingFault({ coder: document }, bytes) ??
      grammarFault(bytes, decoded) ??
      (decoded.ok ? sizeFault(decoded.value, bytes.length) : null) ??
      narrowFault(bytes, decoded.ok ? decoded.value : null) ??
      messageFault(bytes, decoded.ok ? decoded.value.name : null)
    );
  }

  /** Each coder gets the roots that it knows, and a third of the others. */
  function messageFault(bytes: Uint8Array, root: string | null): string | null {
    const turn = bytes.length % 3;
    const isProvision = root === 'Provision:Provision';
    const isPolicy = root === 'Provision:EASProvisionDoc';
    // A status that is no number, and elements of old peers, are read and not written.
    return (
      (isProvision || turn === 0
        ? decodingFault({ coder: request, refusals: ['ERR_PROVISION_VALUE'] }, bytes)
        : null) ??
      (isProvision || turn === 1
        ? decodingFault({ coder: response, refusals: ['ERR_PROVISION_VALUE', 'ERR_WBXML_NAME'] }, bytes)
        : null) ??
      (isPolicy || turn === 2 ? decodingFault({ coder: policy }, bytes) : null)
    );
  }

  /** What is read is what the grammar allows, and what is written of it is no longer than any other way to write it. */
  function grammarFault(bytes: Uint8Array, decoded: Result<Element>): string | null {
    if (!decoded.ok) {
      const isLimited = decoded.error.code === 'ERR_WBXML_LIMIT';
      return !isLimited && isDocument(bytes) ? `what is a document is read: ${decoded.error.code}` : null;
    }
    if (!isDocument(bytes)) return 'what is no document is not read: it was';
    const written = document.encode(decoded.value);
    return !written.ok || written.value.length <= bytes.length
      ? null
      : 'the canonical form is the shortest: it is longer';
  }

  /** Limits refuse, and do nothing else. */
  function narrowFault(bytes: Uint8Array, wide: Element | null): string | null {
    const decoded = narrow.decode(bytes);
    if (!decoded.ok) {
      const isRefused = bytes.length <= limits.bytes && wide !== null && isWithin(measured(wide));
      return isRefused ? `what is within the limits is read: ${decoded.error.code}` : problemFault(decoded.error);
    }
    if (wide === null || !isSame(wide, decoded.value)) return 'limits change no value: another value came out';
    return isWithin(measured(decoded.value)) ? null : 'nothing beyond the limits is read: it was';
  }

  return {
    name: 'wbxml',
    make(random) {
      if (random.once(4)) return mutatedTree(random, treeSeeds);
      return random.once(2000) ? pumpedBytes(random, source, 1 << random.below(17)) : mutatedBytes(random, source);
    },
    check(input) {
      if (input instanceof Uint8Array) return bytesFault(input);
      const written = document.encode(input);
      return encodingFault({ coder: document }, input) ?? (written.ok ? bytesFault(written.value) : null);
    },
    simpler: (input) => (input instanceof Uint8Array ? simplerBytes(input) : simplerTree(input)),
    show: (input) => (input instanceof Uint8Array ? `hex ${hexOf(input)}` : `tree ${shown(input)}`),
    work: {
      pumped: (random) => pumpedBytes(random, source, 1 << (4 + random.below(13))),
      length: (input) => (input instanceof Uint8Array ? input.length : 0),
      decode(input) {
        if (!(input instanceof Uint8Array)) return;
        document.decode(input);
        request.decode(input);
        response.decode(input);
        policy.decode(input);
      },
      each: 60,
      fixed: 2000,
    },
  };
}

const source: ByteSource = { seeds: bodySeeds, words: wbxmlWords };

type Measure = Omit<WbxmlLimits, 'bytes'>;

/** How deep, how many, and the longest text in bytes. */
function measured({ content }: Element): Measure {
  if (typeof content === 'string') return { depth: 1, elements: 1, text: new TextEncoder().encode(content).length };
  if (content instanceof Uint8Array || content === null) return { depth: 1, elements: 1, text: content?.length ?? 0 };
  let [depth, elements, text] = [0, 1, 0];
  for (const child of content) {
    const inner = measured(child);
    depth = Math.max(depth, inner.depth);
    elements += inner.elements;
    text = Math.max(text, inner.text);
  }
  return { depth: depth + 1, elements, text };
}

function isWithin({ depth, elements, text }: Measure): boolean {
  return depth <= limits.depth && elements <= limits.elements && text <= limits.text;
}

/** What is produced is bounded by what came in: an element takes a byte, and so does each byte of text. */
function sizeFault(tree: Element, length: number): string | null {
  const size = sizeOf(tree);
  return size <= length ? null : `what comes out is bounded by what came in: ${size} out of ${length}`;
}

function sizeOf({ content }: Element): number {
  if (typeof content === 'string') return 1 + content.length;
  if (content === null) return 1;
  if (content instanceof Uint8Array) return 1 + content.length;
  let size = 1;
  for (const child of content) size += sizeOf(child);
  return size;
}
