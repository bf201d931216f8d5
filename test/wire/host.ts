/** Hosts that a chapter can put behind the server: each answers the commands that passed. */

import { elementsOf } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import { isAtLeast } from '../../src/protocol/version.js';
import type { AdmittedCommand, CommandAnswer } from '../../src/server/index.js';
import { parseNotation } from './notation.js';

export type Host = (command: AdmittedCommand) => Element | CommandAnswer;

/** Success, and nothing else: `FolderSync(Status=1)`. */
export const content: Host = ({ command, protocolVersion }) => {
  const elements = elementsOf(protocolVersion, command);
  return elements ? { name: elements.root, content: [{ name: elements.status, content: '1' }] } : { status: 200 };
};

/** By the line of the settings that names it, behind `host `. */
export const hosts: Readonly<Record<string, Host>> = {
  /** MS-ASCMD 2.2.3.46, 2.2.3.177.15. */
  'keeps recovery passwords of up to 255 characters': ({ document }) => {
    const set = child(document, 'Settings:DevicePassword', 'Settings:Set');
    if (!set) return parseNotation('Settings(Status=1)');
    const password = child(set, 'Settings:Password')?.content;
    if (typeof password !== 'string') return parseNotation('Settings(Status=2)');
    return parseNotation(`Settings(Status=1, DevicePassword(Status=${password.length > 255 ? 5 : 1}))`);
  },
  /** MS-ASCMD 2.2.3.177.15. */
  'takes note of devices': ({ document }) =>
    parseNotation(
      `Settings(Status=1${child(document, 'Settings:DeviceInformation') ? ', DeviceInformation(Status=1)' : ''})`,
    ),
  /** MS-ASCMD 2.2.2: 102. */
  'knows the children of FolderSync': (command) => {
    const { document } = command;
    const children = Array.isArray(document?.content) ? (document.content as readonly Element[]) : [];
    const isKnown = children.every(({ name }) => name === 'FolderHierarchy:SyncKey');
    return isKnown ? content(command) : parseNotation('FolderSync(Status=102)');
  },
  /** MS-ASCMD 2.2.2: 103, which is 400 up to 12.1. */
  'sends no mail without Mime': (command) => {
    const { document, protocolVersion, body } = command;
    if (!isAtLeast(protocolVersion, '14.0')) return { status: body.length > 0 ? 200 : 400 };
    return child(document, 'ComposeMail:Mime') ? { status: 200 } : parseNotation('SendMail(Status=103)');
  },
};

function child(element: Element | null | undefined, name: string, ...deeper: readonly string[]): Element | undefined {
  const children = Array.isArray(element?.content) ? (element.content as readonly Element[]) : [];
  const found = children.find((candidate) => candidate.name === name);
  const [next, ...rest] = deeper;
  return next === undefined ? found : child(found, next, ...rest);
}
