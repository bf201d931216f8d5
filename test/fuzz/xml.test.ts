import { describe } from 'vitest';
import { shortRun } from './short-run.js';
import { shippedXml, xmlTarget } from './xml.js';

const { parse, build, wap, view } = shippedXml;

describe('fuzz: xml', () => {
  shortRun(xmlTarget(), 500, [
    [
      'a document type is skipped',
      'no document type is read',
      mutant({ parse: (text) => parse(text.replace('<!DOCTYPE a>', '')) }),
    ],
    [
      'a document type throws',
      'throws nothing',
      mutant({
        wap: {
          encode: wap.encode,
          decode(text) {
            const read = wap.decode(text);
            if (!read.ok && read.error.code === 'ERR_XML_DOCTYPE') throw new SyntaxError('DOCTYPE');
            return read;
          },
        },
      }),
    ],
    [
      'the least length of a password is not written',
      'encoding loses nothing',
      mutant({
        wap: {
          encode: ({ MinDevicePasswordLength: _, ...policy }) => wap.encode(policy),
          decode: wap.decode,
        },
      }),
    ],
    [
      'text comes back without its blanks',
      'writing loses nothing',
      mutant({ build: (node) => build({ ...node, text: node.text.trim() }) }),
    ],
    [
      'an element with nothing inside is shown as one without content',
      'decode undoes encode',
      mutant({
        view: {
          encode: (root) =>
            view.encode(Array.isArray(root.content) && root.content.length === 0 ? { ...root, content: null } : root),
          decode: view.decode,
        },
      }),
    ],
  ]);
});

function mutant(broken: Partial<typeof shippedXml>) {
  return xmlTarget({ ...shippedXml, ...broken });
}
