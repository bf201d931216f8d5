import { isAtLeast, type ProtocolVersion } from './version.js';

const sent = ['SaveInSent', 'Options'] as const;
const original = ['CollectionId', 'ItemId', 'LongId', 'Occurrence', ...sent] as const;

/**
 * Every command of MS-ASHTTP 2.2.1.1.1.1.2, with its code page (MS-ASWBXML 2.1.2.1), the versions that have it (MS-ASCMD
 * 2.2.1) and whether the policy stands before it (MS-ASPROV 3.1.5.1, R61103, R757). One row per command. OPTIONS is an
 * HTTP method, not a command; Autodiscover has another endpoint.
 */
export const commands = {
  Sync: { code: 0, page: 'AirSync', since: '2.5', gated: true, parameters: [] },
  SendMail: { code: 1, page: 'ComposeMail', since: '2.5', mimeUntil: '12.1', gated: true, parameters: sent },
  SmartForward: { code: 2, page: 'ComposeMail', since: '2.5', mimeUntil: '12.1', gated: true, parameters: original },
  SmartReply: { code: 3, page: 'ComposeMail', since: '2.5', mimeUntil: '12.1', gated: true, parameters: original },
  GetAttachment: { code: 4, page: null, since: '2.5', until: '12.1', gated: true, parameters: ['AttachmentName'] },
  FolderSync: { code: 9, page: 'FolderHierarchy', since: '2.5', gated: true, parameters: [] },
  FolderCreate: { code: 10, page: 'FolderHierarchy', since: '2.5', gated: true, parameters: [] },
  FolderDelete: { code: 11, page: 'FolderHierarchy', since: '2.5', gated: true, parameters: [] },
  FolderUpdate: { code: 12, page: 'FolderHierarchy', since: '2.5', gated: true, parameters: [] },
  MoveItems: { code: 13, page: 'Move', since: '2.5', gated: true, parameters: [] },
  GetItemEstimate: { code: 14, page: 'GetItemEstimate', since: '2.5', gated: true, parameters: [] },
  MeetingResponse: { code: 15, page: 'MeetingResponse', since: '2.5', gated: true, parameters: [] },
  Search: { code: 16, page: 'Search', since: '2.5', gated: true, parameters: [] },
  Settings: { code: 17, page: 'Settings', since: '12.0', gated: true, parameters: [] },
  Ping: { code: 18, page: 'Ping', since: '2.5', gated: false, parameters: [] },
  ItemOperations: { code: 19, page: 'ItemOperations', since: '12.0', gated: true, parameters: ['Options'] },
  Provision: { code: 20, page: 'Provision', since: '2.5', gated: false, parameters: [] },
  ResolveRecipients: { code: 21, page: 'ResolveRecipients', since: '2.5', gated: true, parameters: [] },
  ValidateCert: { code: 22, page: 'ValidateCert', since: '2.5', gated: true, parameters: [] },
  Find: { code: 23, page: 'Find', since: '16.1', gated: true, parameters: [] },
} as const satisfies Record<string, CommandRow>;

export interface CommandRow {
  /** The second byte of a base64 query. */
  readonly code: number;
  /** The code page of its root element, in request and response; `null` for the one command without a WBXML body. */
  readonly page: string | null;
  /** The oldest version that has the command. */
  readonly since: ProtocolVersion;
  /** The newest version that has it, where it was withdrawn. */
  readonly until?: ProtocolVersion;
  /** The newest version in which its request is a MIME message and its response empty, where that was so. */
  readonly mimeUntil?: ProtocolVersion;
  /** Whether a device has to hold the current policy key before the command is carried out. */
  readonly gated: boolean;
  /** What its query may carry beside the four fields that every query has. */
  readonly parameters: readonly QueryParameterName[];
}

/** The names of the commands. */
export type CommandName = keyof typeof commands;

/**
 * The parameters of a query (MS-ASHTTP 2.2.1.1.1.1.3, 2.2.1.1.1.2.5): their tag in the base64 form, `null` where that
 * form has none, and whether the plain-text form has them. `User` (tag 8) is a field of every query, not a row here.
 */
export const queryParameters = {
  AttachmentName: { tag: 0, plain: true },
  CollectionId: { tag: 1, plain: true },
  ItemId: { tag: 3, plain: true },
  LongId: { tag: 4, plain: true },
  Occurrence: { tag: 6, plain: true },
  /** `T` or `F`; absent is `F`. */
  SaveInSent: { tag: null, plain: true },
  /** One byte, as decimal text: 1 is SaveInSent, 2 is AcceptMultiPart, 3 is both. */
  Options: { tag: 7, plain: false },
} as const satisfies Record<string, { readonly tag: number | null; readonly plain: boolean }>;

export type QueryParameterName = keyof typeof queryParameters;

/** All commands, in the order of their codes. */
export const commandNames = Object.keys(commands) as readonly CommandName[];

/** Whether `text` is the name of a command; names are compared exactly, letter case included. */
export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(commands, text);
}

const namesByCode: ReadonlyMap<number, CommandName> = new Map(commandNames.map((name) => [commands[name].code, name]));

/** The command with this code in a base64 query, or `null` for a code that is not assigned. */
export function commandByCode(code: number): CommandName | null {
  return namesByCode.get(code) ?? null;
}

/** Whether `version` has the command. */
export function isCommandOf(version: ProtocolVersion, name: CommandName): boolean {
  const { since, until }: CommandRow = commands[name];
  return isAtLeast(version, since) && (until === undefined || isAtLeast(until, version));
}

export type QualifiedName = `${string}:${string}`;

/** The WBXML documents of a command: their root, and where it tells how the command went. */
export interface CommandElements {
  /** The root of request and response, `FolderHierarchy:FolderSync`. */
  readonly root: QualifiedName;
  /** The child of the root that holds a common status code when the command is refused (MS-ASCMD 2.2.2). */
  readonly status: QualifiedName;
}

/** The elements of the command in `version`, or `null` when that version lacks it or its body is not WBXML. */
export function elementsOf(version: ProtocolVersion, name: CommandName): CommandElements | null {
  const { mimeUntil }: CommandRow = commands[name];
  if (!isCommandOf(version, name)) return null;
  if (mimeUntil !== undefined && isAtLeast(mimeUntil, version)) return null;
  return elementsByName.get(name) ?? null;
}

/** Built once: a server looks them up with every command. */
const elementsByName: ReadonlyMap<CommandName, CommandElements> = new Map(
  commandNames.flatMap((name) => {
    const { page }: CommandRow = commands[name];
    return page === null ? [] : [[name, { root: `${page}:${name}`, status: `${page}:Status` }]];
  }),
);
