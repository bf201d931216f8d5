/** What the reference server answers to commands that pass: fixed, and the same for every device. */

import type { CommandName } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import { isAtLeast } from '../protocol/version.js';
import type { AdmittedCommand, CommandAnswer } from '../server/index.js';

/** The folders that every account has (types: MS-ASCMD, Type of FolderSync). */
export const folders = [
  { id: '1', name: 'Inbox', type: 2, className: 'Email' },
  { id: '2', name: 'Calendar', type: 8, className: 'Calendar' },
  { id: '3', name: 'Contacts', type: 9, className: 'Contacts' },
] as const;

/** Carries out a command, or answers 501 for one that is not here. */
export function referenceHost(command: AdmittedCommand): Element | CommandAnswer {
  return answers[command.command]?.(command) ?? { status: 501 };
}

type Answer = (command: AdmittedCommand) => Element | CommandAnswer;

const answers: { readonly [Name in CommandName]?: Answer } = { FolderSync, Settings, Ping, Sync };

/** The whole hierarchy to a first request, no changes to any other (MS-ASCMD, FolderSync). */
function FolderSync({ document }: AdmittedCommand): Element {
  const isFirst = textAt(document, 'FolderHierarchy:SyncKey') === '0';
  const added = isFirst ? folders.map(addedFolder) : [];
  return element('FolderHierarchy:FolderSync', [
    element('FolderHierarchy:Status', '1'),
    element('FolderHierarchy:SyncKey', '1'),
    element('FolderHierarchy:Changes', [element('FolderHierarchy:Count', String(added.length)), ...added]),
  ]);
}

function addedFolder({ id, name, type }: (typeof folders)[number]): Element {
  return element('FolderHierarchy:Add', [
    element('FolderHierarchy:ServerId', id),
    element('FolderHierarchy:ParentId', '0'),
    element('FolderHierarchy:DisplayName', name),
    element('FolderHierarchy:Type', String(type)),
  ]);
}

/** Whatever the device tells of itself is taken; nothing is told in return (MS-ASCMD, Settings). */
function Settings({ document }: AdmittedCommand): Element {
  const taken = childrenOf(document).filter(({ name }) => acceptedSettings.has(name));
  return element('Settings:Settings', [
    element('Settings:Status', '1'),
    ...taken.map(({ name }) => element(name, [element('Settings:Status', '1')])),
  ]);
}

const acceptedSettings: ReadonlySet<string> = new Set(['Settings:DeviceInformation', 'Settings:DevicePassword']);

/** The heartbeat is over at once, and nothing changed (MS-ASCMD, Status of Ping). */
function Ping(): Element {
  return element('Ping:Ping', [element('Ping:Status', '1')]);
}

/** Every folder is empty and stays so (MS-ASCMD, Status of Sync): Status 8 for another folder, 13 without a list of folders. */
function Sync({ document, protocolVersion }: AdmittedCommand): Element {
  const asked = childrenOf(child(document, 'AirSync:Collections'));
  if (asked.length === 0) return element('AirSync:Sync', [element('AirSync:Status', '13')]);
  const collections = asked.map((collection) => {
    const id = textAt(collection, 'AirSync:CollectionId') ?? '';
    const folder = folders.find((known) => known.id === id);
    const named = folder && !isAtLeast(protocolVersion, '12.1');
    return element('AirSync:Collection', [
      ...(named ? [element('AirSync:Class', folder.className)] : []),
      element('AirSync:SyncKey', folder ? '1' : '0'),
      element('AirSync:CollectionId', id),
      element('AirSync:Status', folder ? '1' : '8'),
    ]);
  });
  return element('AirSync:Sync', [element('AirSync:Collections', collections)]);
}

function element(name: string, content: Element['content']): Element {
  return { name, content };
}

function childrenOf(parent: Element | null | undefined): readonly Element[] {
  const content = parent?.content ?? null;
  return content === null || typeof content === 'string' || content instanceof Uint8Array ? [] : content;
}

function child(parent: Element | null, name: string): Element | null {
  return childrenOf(parent).find((element) => element.name === name) ?? null;
}

function textAt(parent: Element | null, name: string): string | null {
  const content = child(parent, name)?.content;
  return typeof content === 'string' ? content.trim() : null;
}
