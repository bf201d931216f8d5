import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folders, referenceHost } from '../../src/cli/reference-host.js';
import { wbxml } from '../../src/codec/index.js';
import { xmlView } from '../../src/codec/xml/index.js';
import { type CommandName, commandNames } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import type { AdmittedCommand } from '../../src/server/index.js';
import { anyElement } from '../support/arbitraries/element.js';

function admitted(
  command: CommandName,
  document: Element | null,
  protocolVersion: ProtocolVersion = '14.1',
): AdmittedCommand {
  const query = { form: 'plain', command, deviceId: 'd1', deviceType: 'SP', parameters: {}, others: [] } as const;
  return {
    user: 'lab',
    deviceId: 'd1',
    command,
    protocolVersion,
    query,
    headers: {},
    document,
    body: new Uint8Array(),
  };
}

/** The document that answers one written as XML, as XML without white space between tags. */
function answerTo(command: CommandName, xml: string | null, version?: ProtocolVersion): string {
  const document = xml === null ? null : xmlView.decode(xml);
  const answer = referenceHost(admitted(command, document?.ok ? document.value : null, version));
  const shown = 'name' in answer ? xmlView.encode(answer) : null;
  return shown?.ok ? shown.value.replace(/>\s+</g, '><') : JSON.stringify(answer);
}

test('whatever is asked, there is an answer, and it can be written', () => {
  const document = fc.option(anyElement);
  fc.assert(
    fc.property(fc.constantFrom(...commandNames), document, fc.constantFrom(...versions), (command, asked, version) => {
      const answer = referenceHost(admitted(command, asked, version));
      if ('name' in answer) expect(wbxml.encode(answer).ok).toBe(true);
      else expect(answer).toEqual({ status: 501 });
    }),
  );
});

describe('FolderSync', () => {
  test('gives the whole hierarchy to key 0: inbox, calendar and contacts', () => {
    const answer = answerTo('FolderSync', '<FolderSync xmlns="FolderHierarchy"><SyncKey>0</SyncKey></FolderSync>');
    expect(answer).toContain('<Status>1</Status><SyncKey>1</SyncKey><Changes><Count>3</Count>');
    expect(answer.match(/<Type>\d+<\/Type>/g)).toEqual(['<Type>2</Type>', '<Type>8</Type>', '<Type>9</Type>']);
  });

  test('has no changes for any other key', () => {
    for (const key of ['1', '2', 'x']) {
      expect(answerTo('FolderSync', `<FolderSync xmlns="FolderHierarchy"><SyncKey>${key}</SyncKey></FolderSync>`)).toBe(
        '<FolderSync xmlns="FolderHierarchy"><Status>1</Status><SyncKey>1</SyncKey><Changes><Count>0</Count></Changes></FolderSync>',
      );
    }
  });
});

test('Settings takes device information', () => {
  const asked =
    '<Settings xmlns="Settings"><DeviceInformation><Set><Model>x</Model></Set></DeviceInformation></Settings>';
  expect(answerTo('Settings', asked)).toBe(
    '<Settings xmlns="Settings"><Status>1</Status><DeviceInformation><Status>1</Status></DeviceInformation></Settings>',
  );
});

test('Ping is over at once', () => {
  expect(answerTo('Ping', null)).toBe('<Ping xmlns="Ping"><Status>1</Status></Ping>');
});

describe('Sync', () => {
  const collection = (id: string) => `<Collection><SyncKey>0</SyncKey><CollectionId>${id}</CollectionId></Collection>`;
  const asking = (...ids: string[]) =>
    `<Sync xmlns="AirSync"><Collections>${ids.map(collection).join('')}</Collections></Sync>`;

  test('of the known folders is empty and valid, of others is Status 8', () => {
    for (const { id } of folders) {
      expect(answerTo('Sync', asking(id))).toContain(
        `<SyncKey>1</SyncKey><CollectionId>${id}</CollectionId><Status>1</Status>`,
      );
    }
    expect(answerTo('Sync', asking('1', '77')).match(/<Status>\d+/g)).toEqual(['<Status>1', '<Status>8']);
  });

  test('names the class up to 12.0', () => {
    expect(answerTo('Sync', asking('2'), '12.0')).toContain('<Class>Calendar</Class>');
    expect(answerTo('Sync', asking('2'), '12.1')).not.toContain('<Class>');
  });

  test('without folders wants to be told them', () => {
    expect(answerTo('Sync', null)).toBe('<Sync xmlns="AirSync"><Status>13</Status></Sync>');
  });
});

test('what is not here is 501', () => {
  expect(answerTo('Search', null)).toBe('{"status":501}');
});
