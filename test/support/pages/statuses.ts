/** `docs/statuses.md`: every status of every scope, the HTTP statuses, and the server's reasons. */
import { httpStatuses } from '../../../src/http/http-status.js';
import { type StatusRow, type StatusScope, statuses } from '../../../src/protocol/status.js';
import { type ServerReasonRow, serverReasons } from '../../../src/server/reasons.js';
import { code, page, table } from './markdown.js';

export function statusesPage(): string {
  const scopes = Object.keys(statuses) as readonly StatusScope[];
  return page('Statuses', INTRODUCTION, ...scopes.flatMap(scopeOf), ...http(), ...reasons());
}

const INTRODUCTION = `The same number means different things in different places, so every status is read with its scope. *Move* says
whose turn it is to mend matters: the client's or the server's authors, the administrator of the server, the user of
the device, the caller of the library, a wait, or nobody's, because nothing is wrong.`;

/** What the scopes are, in the reader's words. */
const scopes: Readonly<Record<StatusScope, string>> = {
  Provision: '`Provision/Status` in a response. From 14.0 on the common codes may stand here as well.',
  Policy: '`Policy/Status` in a response.',
  Acknowledgment: '`Policy/Status` in a request: how far the device applied the policy.',
  Wipe: '`RemoteWipe/Status` or `AccountOnlyRemoteWipe/Status` in a request.',
  DeviceInformation: '`settings:DeviceInformation/Status` in a response.',
  Common: 'The Status of any command, from 14.0 on. *HTTP* is what stands for it up to 12.1.',
};

function scopeOf(scope: StatusScope): readonly string[] {
  const rows: readonly (readonly [string, StatusRow])[] = Object.entries(statuses[scope]);
  return [
    `## ${scope}`,
    scopes[scope],
    table(
      ['status', 'name', 'meaning', 'move', 'since', 'HTTP', 'section'],
      rows.map(([status, row]) => [
        status,
        code(row.name),
        row.meaning,
        row.move,
        row.since,
        row.http?.join(', ') ?? '',
        row.section,
      ]),
    ),
  ];
}

function http(): readonly string[] {
  return [
    '## HTTP',
    'Statuses that ActiveSync gives a meaning (MS-ASHTTP 2.2.2.1.1; 449 from MS-ASCMD 2.2.2).',
    table(
      ['status', 'name', 'meaning', 'move', 'the same request again'],
      Object.entries(httpStatuses).map(([status, { name, meaning, move, retry }]) => [
        status,
        code(name),
        meaning,
        move,
        retry,
      ]),
    ),
  ];
}

function reasons(): readonly string[] {
  const rows: readonly (readonly [string, ServerReasonRow])[] = Object.entries(serverReasons);
  return [
    '## Reasons of our server',
    `Why \`createProvisioningServer\` answered otherwise than asked: the \`reason\` that \`observe\` is told. *Status* is sent in
the body from 14.0 on, *HTTP* up to 12.1; with one of them empty, the other is sent in every version.`,
    table(
      ['reason', 'status', 'HTTP', 'move', 'meaning'],
      rows.map(([name, { status, http: sent, move, meaning }]) => [
        code(name),
        status === null ? '' : String(status),
        sent === null ? '' : String(sent),
        move,
        meaning,
      ]),
    ),
  ];
}
