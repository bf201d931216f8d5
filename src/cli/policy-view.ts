import {
  type LintFinding,
  lossReasons,
  type PolicyChange,
  type PolicyLoss,
  type PolicyProjection,
} from '../policy/index.js';
import type { EASProvisionDoc, PolicyElementName } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { Look } from './look.js';
import { elementLines, valueText } from './policy-table.js';
import { cell, printable } from './text.js';

/** Findings with what the policy says of their elements, and how many there are. */
export function findingLines(findings: readonly LintFinding[], policy: EASProvisionDoc, look: Look): readonly string[] {
  const { bold, green, red, yellow, dim } = look.colors;
  if (findings.length === 0) return [`${green(look.glyphs.done)} ${bold('Nothing to say about this policy.')}`];
  const paint = { error: red, warning: yellow, note: (text: string) => text };
  const blocks = findings.flatMap(({ severity, code, elements, message, versions }) => [
    `${paint[severity](severity.padEnd(MARGIN.length))}${bold(code)}${versions ? dim(`  in ${versions.join(', ')}`) : ''}`,
    `${MARGIN}${message}`,
    ...elementLines(elements, policy, look).map((line) => `${MARGIN}${line}`),
    '',
  ]);
  return [...blocks, counted(findings)];
}

/** The elements that differ, each with its value before and after, and what that does. */
export function diffLines(changes: readonly PolicyChange[], look: Look): readonly string[] {
  const { colors, glyphs } = look;
  if (changes.length === 0) return [`${colors.green(glyphs.done)} ${colors.bold('No difference.')}`];
  const signs = { added: colors.green('+'), removed: colors.red('-'), changed: colors.yellow('~') };
  const effects = { stricter: colors.green, looser: colors.red, other: colors.dim };
  const width = Math.max(...changes.map(({ element }) => element.length));
  return changes.map(({ element, before, after, change, effect }) => {
    const values = [before, after].map((value) => changedText(element, value)).join(` ${glyphs.becomes} `);
    return `${signs[change]} ${element.padEnd(width)}  ${effects[effect](effect.padEnd(8))}  ${printable(values)}`;
  });
}

/** What a version carries and what it loses, each element with its value and the reason. */
export function projectionLines(
  { policy, lost }: PolicyProjection,
  version: ProtocolVersion,
  look: Look,
): readonly string[] {
  const { bold } = look.colors;
  const carried = Object.keys(policy) as PolicyElementName[];
  const section = (title: string, lines: readonly string[]) =>
    lines.length > 0 ? ['', bold(title), ...lines.map((line) => `  ${line}`)] : [];
  const lossesThat = (weaken: boolean) =>
    lossLines(
      lost.filter(({ weakens }) => weakens === weaken),
      look,
    );
  return [
    bold(carried.length > 0 ? `${version} carries:` : `${version} carries nothing of it.`),
    ...elementLines(carried, policy, look).map((line) => `  ${line}`),
    ...section('It asks for less:', lossesThat(true)),
    ...section('It says otherwise, and asks for no less:', lossesThat(false)),
    ...(lost.length > 0 ? [] : ['', bold('Nothing is lost.')]),
  ];
}

function lossLines(lost: readonly PolicyLoss[], look: Look): readonly string[] {
  const rows = lost.map(({ element, value, reason }) => [element, changedText(element, value), lossReasons[reason]]);
  const [names = 0, values = 0] = [0, 1].map((at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map(([name = '', value = '', reason = '']) => {
    const text = cell(value, Math.min(values, LONGEST_VALUE), look);
    return `${name.padEnd(names)}  ${look.colors.cyan(text)}  ${reason}`;
  });
}

/** Of a value in a table that has something behind it. */
const LONGEST_VALUE = 24;

const MARGIN = ' '.repeat('warning  '.length);

function changedText(element: PolicyChange['element'], value: PolicyChange['before']): string {
  if (element === 'unknownElements') return Array.isArray(value) ? `${value.length} elements` : 'absent';
  return valueText(element, value as EASProvisionDoc[PolicyElementName]);
}

function counted(findings: readonly LintFinding[]): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? null : `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return counts.filter((text) => text !== null).join(', ');
}
