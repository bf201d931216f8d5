import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tags } from '../../src/codec/wbxml/tags.js';
import {
  type CommandName,
  type CommandRow,
  commandByCode,
  commandNames,
  commands,
  elementsOf,
  isCommandName,
  isCommandOf,
  queryParameters,
} from '../../src/protocol/command.js';
import { isAtLeast, versions } from '../../src/protocol/version.js';

const name = fc.constantFrom(...commandNames);
const version = fc.constantFrom(...versions);

describe('the command table', () => {
  it('gives each command its own code, and the codes lead back', () => {
    fc.assert(
      fc.property(name, (name) => {
        expect(commandByCode(commands[name].code)).toBe(name);
      }),
    );
    expect(new Set(commandNames.map((name) => commands[name].code)).size).toBe(commandNames.length);
  });

  it('knows no other code', () => {
    const assigned: readonly number[] = commandNames.map((name) => commands[name].code);
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 300 }), (code) => {
        expect(commandByCode(code) !== null).toBe(assigned.includes(code));
      }),
    );
    for (const code of [5, 6, 7, 8, 24, 255, -1, Number.NaN]) expect(commandByCode(code)).toBeNull();
  });

  it('takes names exactly, and no inherited ones', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(isCommandName(text)).toBe(Object.keys(commands).includes(text));
      }),
    );
    for (const text of ['foldersync', 'FolderSync ', '', 'toString', '__proto__'])
      expect(isCommandName(text)).toBe(false);
  });

  it('has a WBXML root and Status for every command of a version that refuses in the body', () => {
    fc.assert(
      fc.property(version, name, (version, name) => {
        fc.pre(isAtLeast(version, '14.0') && isCommandOf(version, name));
        expect(elementsOf(version, name)?.root).toMatch(new RegExp(`^\\w+:${name}$`));
        expect(elementsOf(version, name)?.status).toMatch(/^\w+:Status$/);
      }),
    );
  });

  it('names elements that the code pages assign', () => {
    fc.assert(
      fc.property(version, name, (version, name) => {
        for (const element of Object.values(elementsOf(version, name) ?? {})) expect(tags.has(element)).toBe(true);
      }),
    );
  });

  it('has elements only where the version has the command', () => {
    fc.assert(
      fc.property(version, name, (version, name) => {
        if (!isCommandOf(version, name)) expect(elementsOf(version, name)).toBeNull();
      }),
    );
  });

  it('lets each parameter be taken by a command, under a tag of its own', () => {
    const rows: readonly CommandRow[] = Object.values(commands);
    const taken = new Set(rows.flatMap((row) => row.parameters));
    expect([...taken].sort()).toEqual(Object.keys(queryParameters).sort());
    const tags = Object.values(queryParameters).flatMap(({ tag }) => (tag === null ? [] : [tag]));
    expect(tags).toEqual([0, 1, 3, 4, 6, 7]);
  });
});

describe('the rows, from MS-ASHTTP 2.2.1.1.1.1.2 and the code pages', () => {
  it.each<[number, CommandName, string]>([
    [0, 'Sync', 'AirSync'],
    [1, 'SendMail', 'ComposeMail'],
    [2, 'SmartForward', 'ComposeMail'],
    [3, 'SmartReply', 'ComposeMail'],
    [9, 'FolderSync', 'FolderHierarchy'],
    [10, 'FolderCreate', 'FolderHierarchy'],
    [11, 'FolderDelete', 'FolderHierarchy'],
    [12, 'FolderUpdate', 'FolderHierarchy'],
    [13, 'MoveItems', 'Move'],
    [14, 'GetItemEstimate', 'GetItemEstimate'],
    [15, 'MeetingResponse', 'MeetingResponse'],
    [16, 'Search', 'Search'],
    [17, 'Settings', 'Settings'],
    [18, 'Ping', 'Ping'],
    [19, 'ItemOperations', 'ItemOperations'],
    [20, 'Provision', 'Provision'],
    [21, 'ResolveRecipients', 'ResolveRecipients'],
    [22, 'ValidateCert', 'ValidateCert'],
    [23, 'Find', 'Find'],
  ])('code %i is %s, in code page %s', (code, name, page) => {
    expect(commandByCode(code)).toBe(name);
    expect(elementsOf('16.1', name)).toEqual({ root: `${page}:${name}`, status: `${page}:Status` });
  });

  it('code 4 is GetAttachment, which has no WBXML body in any version', () => {
    expect(commandByCode(4)).toBe('GetAttachment');
    for (const version of versions) expect(elementsOf(version, 'GetAttachment')).toBeNull();
  });

  it('gates every command but Provision and Ping (MS-ASPROV R61103, R757)', () => {
    expect(commandNames.filter((name) => !commands[name].gated)).toEqual(['Ping', 'Provision']);
  });

  it.each<[CommandName, string]>([
    ['GetAttachment', '2.5 12.0 12.1'],
    ['Settings', '12.0 12.1 14.0 14.1 16.0 16.1'],
    ['ItemOperations', '12.0 12.1 14.0 14.1 16.0 16.1'],
    ['Find', '16.1'],
    ['Provision', '2.5 12.0 12.1 14.0 14.1 16.0 16.1'],
    ['SendMail', '2.5 12.0 12.1 14.0 14.1 16.0 16.1'],
  ])('%s exists in %s', (name, expected) => {
    expect(versions.filter((version) => isCommandOf(version, name)).join(' ')).toBe(expected);
  });

  it.each<CommandName>(['SendMail', 'SmartForward', 'SmartReply'])('%s is WBXML from 14.0 on', (name) => {
    expect(versions.filter((version) => elementsOf(version, name) !== null)).toEqual(['14.0', '14.1', '16.0', '16.1']);
  });
});
