/** `docs/versions.md`: what each protocol version carries, as far as provisioning is concerned. */
import { type CommandRow, commands, isCommandName, isCommandOf } from '../../../src/protocol/command.js';
import { elementsOf } from '../../../src/protocol/policy.js';
import { protocolVersions, versions } from '../../../src/protocol/version.js';
import { code, page, table } from './markdown.js';

export function versionsPage(): string {
  return page('Versions', INTRODUCTION, matrix(), '## Commands', COMMANDS, commandTable());
}

const INTRODUCTION = `What changes between protocol versions, as far as provisioning is concerned (MS-ASPROV 2.2.2.43, 2.2.2.53,
2.2.2.1; MS-ASCMD 2.2.2). *Demand* is how a command is told to provision first.`;

const COMMANDS = `Every command (MS-ASHTTP 2.2.1.1.1.1.2), with its code in a base64 query. A *gated* command is refused until the device
holds the current policy key.`;

function matrix(): string {
  const rows = versions.map((version) => {
    const row = protocolVersions[version];
    return [
      version,
      code(row.policyType),
      String(elementsOf(version).length),
      row.signal === 'http' ? 'HTTP 449' : 'Status in the body',
      { never: 'nowhere', settings: 'Settings', provision: 'the initial Provision request' }[row.deviceInformation],
      row.accountOnlyRemoteWipe ? 'device, account' : 'device',
      code(`0x${row.code.toString(16).toUpperCase()}`),
    ];
  });
  const head = ['version', 'PolicyType', 'policy elements', 'demand', 'DeviceInformation', 'wipes', 'query byte'];
  return table(head, rows);
}

function commandTable(): string {
  const rows: readonly (readonly [string, CommandRow])[] = Object.entries(commands);
  return table(
    ['command', 'code', 'versions', 'gated'],
    rows.map(([name, { code: number, gated }]) => [code(name), String(number), span(name), gated ? 'yes' : '']),
  );
}

function span(name: string): string {
  const served = versions.filter((version) => isCommandName(name) && isCommandOf(version, name));
  return served.length === versions.length ? 'all' : `${served[0]} to ${served.at(-1)}`;
}
