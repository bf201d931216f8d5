import type { Observation } from '../client/index.js';
import { provisionResponse, wbxml } from '../codec/index.js';
import { xmlView } from '../codec/xml/index.js';
import type { PolicyData } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { type KeyedState, keyChange, keyText } from './keys.js';
import type { Look } from './look.js';
import { policyTable } from './policy-table.js';
import { httpText, statusTexts } from './statuses.js';
import { cell, indented, printableXml } from './text.js';

/** A message on its way, with the state of both machines once it is there: sent, or received and understood. */
export type DemoStep = { readonly client: KeyedState; readonly server: KeyedState } & (
  | { readonly kind: 'request'; readonly command: string; readonly body: Uint8Array }
  | { readonly kind: 'response'; readonly before: KeyedState; readonly exchange: Observation }
);

export function demoHeading(version: ProtocolVersion, url: string, { colors, glyphs, width }: Look): string {
  const title = `Provisioning in the eight steps of MS-OXPROTO 2.5.14.5, protocol ${version}`;
  return `${colors.cyan(glyphs.heavyRule.repeat(width))}\n${colors.bold(title)}\n${colors.dim(url)}\n`;
}

/** One of the eight steps. */
export async function demoStep(number: number, step: DemoStep, look: Look): Promise<string> {
  const { colors, glyphs, width } = look;
  const isRequest = step.kind === 'request';
  const arrow = `client ${colors.cyan(isRequest ? glyphs.toServer : glyphs.toClient)} server`;
  const what = isRequest ? step.command : httpText(step.exchange);
  const title = `${colors.bold(String(number).padStart(2))}  ${arrow}   ${colors.bold(cell(what, 23, look))}${titles[number - 1] ?? ''}`;
  const body = isRequest ? step.body : step.exchange.response;
  const rows = isRequest ? requestRows(step) : await responseRows(step, look);
  return [
    colors.dim(glyphs.rule.repeat(width)),
    title.trimEnd(),
    ...rows.map(([label, text]) => field(label, text, look)),
    field(
      'states',
      `client ${stateText(step.client, look)} ${glyphs.bar} server ${stateText(step.server, look)}`,
      look,
    ),
    ...messageLines(body, look),
    '',
  ].join('\n');
}

/** The last line: whether both machines are where they should be. */
export function demoVerdict(client: KeyedState, server: KeyedState, { colors, glyphs, width }: Look) {
  const isAgreed =
    client.name === 'Provisioned' &&
    server.name === 'Provisioned' &&
    client.context.policyKey === server.context.policyKey;
  const line = isAgreed
    ? colors.green(`${glyphs.done} Both are Provisioned under the same key ${client.context.policyKey}.`)
    : colors.red(`${glyphs.refused} Client ${client.name}, server ${server.name}: no agreement.`);
  return { isAgreed, text: `${colors.cyan(glyphs.heavyRule.repeat(width))}\n${line}\n` };
}

const titles: readonly string[] = [
  'a command, without an agreement',
  'refused: provision first',
  'the policy is asked for',
  'the policy, under a temporary key',
  'the policy is acknowledged',
  'the permanent key',
  'the command again, under that key',
  'the command is answered',
];

type Row = readonly [label: string, text: string];

function requestRows({ client }: DemoStep): readonly Row[] {
  return [['key', keyText(client)]];
}

async function responseRows(step: DemoStep & { kind: 'response' }, look: Look): Promise<readonly Row[]> {
  const { exchange, before, client } = step;
  const statuses = statusTexts(exchange).join(', ');
  const policy = policyIn(exchange);
  return [
    ...(statuses ? [['status', statuses] as const] : []),
    ['key', keyChange(before, client, look)],
    ...(policy === null
      ? []
      : (await policyTable(policy, look)).map((line, at) => [at === 0 ? 'policy' : '', line] as const)),
  ];
}

function policyIn({ command, response }: Observation): PolicyData | null {
  const message = command === 'Provision' ? provisionResponse.decode(response) : null;
  return (message?.ok && message.value.policies?.[0]?.data) || null;
}

function field(label: string, text: string, { colors }: Look): string {
  return `    ${colors.dim(label.padEnd(8))}${text}`.trimEnd();
}

function stateText({ name }: KeyedState, look: Look): string {
  const paint = name === 'Provisioned' ? look.colors.green : look.colors.yellow;
  return paint(cell(name, 16, look));
}

function messageLines(body: Uint8Array, { colors }: Look): readonly string[] {
  const document = body.length > 0 ? wbxml.decode(body) : null;
  const xml = document?.ok ? xmlView.encode(document.value) : null;
  if (!xml?.ok) return [colors.dim('      (no body)')];
  return indented(printableXml(xml.value), '      ')
    .split('\n')
    .map((line) => colors.dim(line));
}
