import { type ProblemCode, problem } from '../../protocol/problem.js';
import { err, ok, type Result } from '../../protocol/result.js';
import { faultyReference, isBlank } from './characters.js';

/** One piece of a document: what it is and where it ends. Tags carry their name. */
export interface Token {
  readonly kind: 'Blank' | 'Text' | 'Comment' | 'Start' | 'Empty' | 'End';
  readonly end: number;
  readonly name: string;
}

/** The piece that begins at `at`: one of the productions of XML 1.0 2.4 to 3.1, or what is wrong with it and where. */
export function tokenAt(text: string, at: number, maxAttributes: number): Result<Token> {
  const read = markup.find(([opening]) => text.startsWith(opening, at))?.[1];
  return read ? read(text, at, maxAttributes) : characterData(text, at);
}

/** Each kind of markup by how it opens; the longer opening first. */
const markup = [
  ['<!--', comment],
  ['<![CDATA[', cdata],
  ['<!', (_, at) => fault('ERR_XML_DOCTYPE', 'a document type or another markup declaration', at)],
  ['<?', (_, at) => fault('ERR_XML_SHAPE', 'a processing instruction, or no XML 1.0 declaration', at)],
  ['</', endTag],
  ['<', startTag],
] as const satisfies (readonly [string, (text: string, at: number, maxAttributes: number) => Result<Token>])[];

function comment(text: string, at: number): Result<Token> {
  const dashes = text.indexOf('--', at + 4);
  if (dashes < 0 || text[dashes + 2] !== '>') return fault('ERR_XML_SYNTAX', 'a comment without its end', at);
  return token('Comment', dashes + 3);
}

function cdata(text: string, at: number): Result<Token> {
  const end = text.indexOf(']]>', at);
  return end < 0 ? fault('ERR_XML_SYNTAX', 'a CDATA section without its end', at) : token('Text', end + 3);
}

function characterData(text: string, at: number): Result<Token> {
  const next = text.indexOf('<', at);
  const end = next < 0 ? text.length : next;
  const data = text.slice(at, end);
  const brackets = data.indexOf(']]>');
  if (brackets >= 0) return fault('ERR_XML_SYNTAX', ']]> outside a CDATA section', at + brackets);
  const reference = faultyReference(data);
  if (reference >= 0) return fault('ERR_XML_SYNTAX', 'an & that begins no reference', at + reference);
  return token(isBlank(data) ? 'Blank' : 'Text', end);
}

function endTag(text: string, at: number): Result<Token> {
  const tag = matchAt(endTagPattern, text, at);
  if (!tag) return fault('ERR_XML_SYNTAX', 'an end tag that is not well-formed', at);
  return token('End', at + tag[0].length, tag[1]);
}

function startTag(text: string, at: number, maxAttributes: number): Result<Token> {
  const opening = matchAt(startTagPattern, text, at);
  if (!opening) return fault('ERR_XML_SYNTAX', 'a < that begins no tag', at);
  const names = new Set<string>();
  let end = at + opening[0].length;
  for (let found = matchAt(attributePattern, text, end); found; found = matchAt(attributePattern, text, end)) {
    const name = found[1]!;
    const value = found[2]!;
    const from = end + found[0].length - value.length;
    const reference = faultyReference(value);
    if (reference >= 0) return fault('ERR_XML_SYNTAX', 'an & that begins no reference', from + reference);
    if (names.has(name)) return fault('ERR_XML_SYNTAX', 'an attribute given twice', end);
    if (names.size === maxAttributes) return fault('ERR_XML_SIZE', `more than ${maxAttributes} attributes`, end);
    names.add(name);
    end += found[0].length;
  }
  const closing = matchAt(closingPattern, text, end);
  if (!closing) return fault('ERR_XML_SYNTAX', 'a start tag that is not well-formed', end);
  return token(closing[1] ? 'Empty' : 'Start', end + closing[0].length, opening[1]);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function token(kind: Token['kind'], end: number, name = ''): Result<Token> {
  return ok({ kind, end, name });
}

function fault(code: ProblemCode, message: string, offset: number): Result<Token> {
  return err(problem(code, message, { offset }));
}

/** XML 1.0 2.3, without U+1680 and U+FEFF: the parser splits names at what JavaScript calls white space. */
const NAME_START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{167F}\\u{1681}-\\u{1FFF}' +
  '\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}' +
  '\\u{FDF0}-\\u{FEFE}\\u{FF00}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;
const SPACE = '[ \\t\\r\\n]';

/** A whole name. */
export const namePattern = new RegExp(`^${NAME}$`, 'u');

const startTagPattern = new RegExp(`<(${NAME})`, 'uy');
const attributePattern = new RegExp(`${SPACE}+(${NAME})${SPACE}*=${SPACE}*("[^<"]*"|'[^<']*')`, 'uy');
const closingPattern = new RegExp(`${SPACE}*(/?)>`, 'uy');
const endTagPattern = new RegExp(`</(${NAME})${SPACE}*>`, 'uy');
