import { type Problem, problem } from '../../protocol/problem.js';
import { foreignCharacter } from './characters.js';
import { tokenAt } from './tokens.js';

/** What an XML document may cost, read and written alike. */
export interface XmlLimits {
  /** The whole document, in UTF-16 code units. */
  readonly characters: number;
  /** Elements inside each other; the root alone is 1. */
  readonly depth: number;
  /** Elements in all. */
  readonly elements: number;
  /** Attributes of one element. */
  readonly attributes: number;
}

/**
 * The first thing that keeps `text` from being well-formed XML 1.0 with one root, within the limits; `null` if there is
 * none. fast-xml-parser takes much that is not XML and has no offsets, so nothing reaches it unjudged. Of XML, document
 * types and processing instructions are refused. Time is linear in the text.
 */
export function faultOf(text: string, limits: XmlLimits): Problem | null {
  if (text.length > limits.characters) return beyond(`${limits.characters} characters`, limits.characters);
  const foreign = foreignCharacter(text);
  if (foreign >= 0) return malformed('a character that XML 1.0 cannot hold', foreign);
  return faultOfStructure(text, limits);
}

/** The length of what may stand before the first tag or comment: a byte order mark, an XML 1.0 declaration. */
export function prologLength(text: string): number {
  return declaration.exec(text)![0].length;
}

function faultOfStructure(text: string, limits: XmlLimits): Problem | null {
  const open: string[] = [];
  let elements = 0;
  let at = prologLength(text);
  while (at < text.length) {
    const found = tokenAt(text, at, limits.attributes);
    if (!found.ok) return found.error;
    const { kind, name, end } = found.value;
    if (kind === 'Text' && open.length === 0) return malformed('text outside the root', at);
    if (kind === 'End' && open.pop() !== name) return malformed('an end tag that closes no element', at);
    if (kind === 'Start' || kind === 'Empty') {
      if (open.length === 0 && elements > 0) return malformed('a second root', at);
      if (open.length === limits.depth) return beyond(`${limits.depth} elements inside each other`, at);
      if (++elements > limits.elements) return beyond(`${limits.elements} elements`, at);
      if (kind === 'Start') open.push(name);
    }
    at = end;
  }
  if (elements === 0) return malformed('no root', at);
  return open.length > 0 ? malformed('an element without its end', at) : null;
}

function malformed(found: string, offset: number): Problem {
  return problem('ERR_XML_SYNTAX', found, { offset });
}

function beyond(limit: string, offset: number): Problem {
  return problem('ERR_XML_SIZE', `more than ${limit}`, { offset });
}

const SPACE = '[ \\t\\r\\n]';
const either = (value: string) => `${SPACE}*=${SPACE}*(?:"${value}"|'${value}')`;
const declaration = new RegExp(
  `^\\uFEFF?(?:<\\?xml${SPACE}+version${either('1\\.0')}` +
    `(?:${SPACE}+encoding${either('[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${SPACE}+standalone${either('(?:yes|no)')})?${SPACE}*\\?>)?`,
);
