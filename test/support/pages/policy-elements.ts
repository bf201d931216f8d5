/** `docs/policy-elements.md`: the rows of the policy table. */
import { elementsOf, type PolicyElementRow, policyElements } from '../../../src/protocol/policy.js';
import { rangeRule } from '../../../src/protocol/policy-value.js';
import { versions } from '../../../src/protocol/version.js';
import { code, page, table } from './markdown.js';

export function policyElementsPage(): string {
  const rows: readonly (readonly [string, PolicyElementRow])[] = Object.entries(policyElements);
  const counts = versions.map((version) => [version, String(elementsOf(version).length)]);
  return page(
    'Policy elements',
    INTRODUCTION,
    table(HEAD, rows.map(cellsOf)),
    '## How many a version carries',
    'Version 2.5 carries no elements but a WAP document, which says five of them: see [codecs](codecs.md).',
    table(['version', 'elements'], counts),
  );
}

const HEAD = ['element', 'since', '2.5', 'values', 'if absent', 'stricter', 'gated', 'token', 'section', 'meaning'];

const INTRODUCTION = `The ${Object.keys(policyElements).length} children of EASProvisionDoc (MS-ASPROV 2.2.2.28), in the order of the schema. *Since* is the first version
that carries the element (MS-ASWBXML 2.1.2.1.15), *2.5* whether the WAP document of that version has a setting for it,
*token* its WBXML tag on code page 14, *stricter* the value that asks more of a device ([policies](policy.md)). A *gated* element counts for
nothing unless DevicePasswordEnabled is true (3.1.5.1.1.1). *If absent* is what holds when the element is absent or
empty; — is no requirement and no limit. An absent element asks for nothing, an empty one (\`null\`) unsets, and
neither is 0 or \`false\`.`;

function cellsOf([name, row]: readonly [string, PolicyElementRow]): readonly string[] {
  return [
    code(name),
    row.since,
    row.wap ? 'yes' : '',
    valuesOf(row),
    row.ifAbsent === null ? '—' : String(row.ifAbsent),
    row.stricter,
    row.gated ? 'yes' : '',
    code(hex(row.token)),
    row.section,
    row.meaning,
  ];
}

function valuesOf({ kind }: PolicyElementRow): string {
  if (kind.type === 'list') return `list of ${code(kind.item.name)} (${code(hex(kind.item.token))})`;
  if ('values' in kind)
    return Object.entries(kind.values)
      .map(([value, meaning]) => `${value}: ${meaning}`)
      .join('\n');
  const unit = 'unit' in kind && kind.unit ? ` (${kind.unit})` : '';
  return `${rangeRule(kind)}${unit}`;
}

function hex(token: number): string {
  return `0x${token.toString(16).toUpperCase().padStart(2, '0')}`;
}
