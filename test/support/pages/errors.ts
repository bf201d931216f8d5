/** `docs/errors.md`: the problem codes that coders answer with. */
import { problemCodes } from '../../../src/protocol/problem.js';
import { code, page, table } from './markdown.js';

export function errorsPage(): string {
  const families = [...new Set(Object.keys(problemCodes).map(familyOf))];
  return page('Errors', INTRODUCTION, ...families.flatMap(rowsOf), END);
}

const INTRODUCTION = `Nothing that a peer sends makes this library throw. A coder gives back a \`Result\`: \`{ ok: true, value }\`, or
\`{ ok: false, error }\` with a \`Problem\` of \`code\`, \`message\`, and where known the \`offset\` in the input and the \`path\` in
the tree. Messages say what was found and what was expected, never secrets or policy contents. The same bytes are the
client's mistake in a request and the server's in a response, so a code has no *move* of its own; from \`encode\` it is
always the caller's.

What a peer *says*, as a status, is no error but an outcome: see [statuses](statuses.md), [client](client.md) and
[server](server.md). Options that cannot be meant throw a \`TypeError\` at construction, and never later.`;

const END = `A \`switch\` over \`code\` can be exhaustive: \`ProblemCode\` is a closed union. A new code is a change of the interface and
stands in the [change log](CHANGELOG.md).`;

const headings: Readonly<Record<string, string>> = {
  WBXML: 'WBXML bytes, from `wbxml` and everything built on it',
  XML: 'XML, from `xmlView` and `wapPolicy`',
  PROVISION: 'Provision messages, from `provisionRequest` and `provisionResponse`',
  POLICY: 'Policies, from `policyDocument`, `wapPolicy` and the validation of policies',
  QUERY: 'Queries, from `parseQuery` and `formatQuery`',
  BASE64: 'Base64, from `base64Query`, `xmlView` and `basicCredentials`',
  HEADER: 'Headers, from the composition of requests and `basicCredentials`',
  STATE: 'Stored states, from `load`',
};

function familyOf(problemCode: string): string {
  return problemCode.split('_')[1] ?? '';
}

function rowsOf(family: string): readonly string[] {
  const rows = Object.entries(problemCodes).filter(([name]) => familyOf(name) === family);
  const heading = headings[family];
  if (heading === undefined) throw new TypeError(`the family ${family} has no heading`);
  return [
    `## ${heading}`,
    table(
      ['code', 'meaning'],
      rows.map(([name, meaning]) => [code(name), meaning]),
    ),
  ];
}
