/** Whose move would mend it. */
export type Move = 'client' | 'server' | 'administrator' | 'user' | 'wait' | 'caller' | 'nobody';

/**
 * Every code that a coder can answer with: what it means. `move` is not here, because the same bytes are the
 * client's mistake in a request and the server's in a response: adapters know which.
 */
export const problemCodes = {
  ERR_WBXML_HEADER: 'Not WBXML 1.3 with public identifier 1, charset UTF-8 and an empty string table.',
  ERR_WBXML_TRUNCATED: 'The input ends before its root element does.',
  ERR_WBXML_TRAILING: 'Bytes follow the end of the root element.',
  ERR_WBXML_TOKEN:
    'A token that ActiveSync does not use (entity, literal, extension, string table, attributes), or none for a root.',
  ERR_WBXML_PAGE: 'A code page that ActiveSync does not have.',
  ERR_WBXML_INTEGER: 'A multi-byte integer of more than five bytes or beyond 32 bits.',
  ERR_WBXML_TEXT: 'Text that is not UTF-8, holds a NUL or half a surrogate pair.',
  ERR_WBXML_MIXED: 'Text, opaque bytes and elements mixed in one element.',
  ERR_WBXML_LIMIT: 'Deeper, longer or more numerous than the limits allow.',
  ERR_WBXML_NAME: 'A name that is in no code page, or only decoded for old peers (legacy).',
  ERR_XML_SIZE: 'XML larger than the limit.',
  ERR_XML_DOCTYPE: 'A document type or an entity declaration: refused unread.',
  ERR_XML_SYNTAX: 'Not well-formed XML with exactly one root.',
  ERR_XML_SHAPE: 'Well-formed XML that does not show a document of this kind.',
  ERR_PROVISION_SHAPE: 'Not a Provision message: an element missing, doubled or in the wrong place.',
  ERR_PROVISION_VALUE: 'A status to be sent that is no status number.',
  ERR_POLICY_SHAPE:
    'Not an EASProvisionDoc: wrong root, a doubled element, elements where text belongs or the reverse.',
  ERR_POLICY_NAME: 'A policy element that is in no row of the table.',
  ERR_POLICY_VALUE: 'A policy element whose text or value is not of its type.',
  ERR_POLICY_RANGE: 'A policy element outside its range, or empty where it may not be.',
  ERR_QUERY_SYNTAX: 'Neither a plain-text query with a Cmd nor a complete base64 query.',
  ERR_QUERY_VALUE: 'A query field outside its range (MS-ASHTTP 2.2.1.1.1).',
  ERR_BASE64: 'Not base64 in its one spelling: alphabet, padding or spare bits (RFC 4648 sections 3.5 and 4).',
  ERR_HEADER_VALUE: 'A header value that is not of its form, or that no header can carry.',
  ERR_STATE_SHAPE: 'Not a stored provisioning state of a known version.',
} as const;

/** The codes of all problems: a closed list. */
export type ProblemCode = keyof typeof problemCodes;

/** Why bytes, text or a stored record could not be read: a value, never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  /** What was found and what was expected; never secrets or policy contents. */
  readonly message: string;
  /** Where in the input, in bytes (WBXML, base64) or characters (XML, plain query), where known. */
  readonly offset?: number;
  /** Where in the tree, `Provision/Policies/Policy`, where known. */
  readonly path?: string;
}

export function problem(code: ProblemCode, message: string, at: { offset?: number; path?: string } = {}): Problem {
  return { code, message, ...at };
}
