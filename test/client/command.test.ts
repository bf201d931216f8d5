/** What a command is as it goes out: its name, what its query carries, its body. */
import { describe, expect, test } from 'vitest';
import type { CommandInput } from '../../src/client/command.js';
import type { QueryForm } from '../../src/client/draft.js';
import { createProvisioningClient } from '../../src/client/index.js';
import { type CommandName, type QueryParameterName, queryParameters } from '../../src/protocol/command.js';
import { world } from './support/client.js';

async function sent(command: CommandInput, queryForm: QueryForm = 'plain') {
  const { peer, options } = world({ misbehave: () => ({ status: 200 }) }, { protocolVersion: '12.1', queryForm });
  const outcome = await createProvisioningClient(options).run(command);
  return { outcome, received: peer.received };
}

const answered = { kind: 'Answered', status: 200 };

function unsendable(message: string) {
  const problem = { code: 'ERR_QUERY_VALUE', message };
  return { kind: 'Failed', failure: { kind: 'Unsendable', problem }, explanation: { move: 'caller' } };
}

describe('a name that is no command', () => {
  test.each(['Nothing', 'foldersync', 'constructor'])('is not sent: %s', async (name) => {
    const { outcome, received } = await sent({ name: name as CommandName });
    expect(outcome).toMatchObject(unsendable('No such command.'));
    expect(received).toEqual([]);
  });
});

describe('a parameter', () => {
  const names = Object.keys(queryParameters) as QueryParameterName[];
  const lacking: Record<QueryForm, QueryParameterName> = { plain: 'Options', base64: 'SaveInSent' };

  test.each(['plain', 'base64'] as const)('goes where the form has it: %s', async (form) => {
    for (const parameter of names.filter((name) => name !== lacking[form])) {
      const name = parameter === 'AttachmentName' ? 'GetAttachment' : 'SmartReply';
      const parameters = { [parameter]: parameter === 'SaveInSent' ? 'T' : '1' };
      const { outcome, received } = await sent({ name, parameters }, form);
      expect(outcome).toMatchObject(answered);
      expect(received[0]?.request?.query).toMatchObject({ form, parameters });
    }
  });

  test.each([
    ['plain', lacking.plain, '1'],
    ['base64', lacking.base64, 'T'],
    ['plain', 'Nothing', '1'],
    ['base64', 'Nothing', '1'],
  ] as const)('that the %s form lacks is not sent: %s', async (form, parameter, value) => {
    const { outcome, received } = await sent({ name: 'SmartReply', parameters: { [parameter]: value } }, form);
    expect(outcome).toMatchObject(unsendable('A parameter that this form of query lacks.'));
    expect(received).toEqual([]);
  });
});

describe('a body', () => {
  const body = Uint8Array.of(1, 2, 3);
  const wbxml = 'application/vnd.ms-sync.wbxml';

  test.each([
    ['is WBXML unless told otherwise', { body }, wbxml],
    ['has the type that it is said to have', { body, contentType: 'message/rfc822' }, 'message/rfc822'],
    ['written from a document is WBXML', { document: { name: 'AirSync:Sync', content: null } }, wbxml],
    ['that is empty has no type', {}, undefined],
  ])('%s', async (_, input, contentType) => {
    const { received } = await sent({ name: 'Sync', ...input });
    expect(received[0]?.headers['Content-Type']).toBe(contentType);
  });

  test.each([
    ['a text of over 1 MiB', { name: 'AirSync:SyncKey', content: 'x'.repeat(2 ** 20) }],
    ['more than 65,536 elements', { name: 'AirSync:Commands', content: Array(2 ** 16).fill(empty('AirSync:Add')) }],
  ])('may be as large as the caller wants it: %s', async (_, large) => {
    const { outcome, received } = await sent({ name: 'Sync', document: { name: 'AirSync:Sync', content: [large] } });
    expect(outcome).toMatchObject(answered);
    expect(received[0]?.body.length).toBeGreaterThan(2 ** 16);
  });
});

function empty(name: string) {
  return { name, content: null };
}
