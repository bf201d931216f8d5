/** What an answer says, told apart as an attacker does: is one in, is one sent to provision, or is one turned away? */
import { readProvisionResponse, wbxml } from '../codec/index.js';
import { type HttpResponse, isSuccess } from '../http/index.js';
import { type CommandName, elementsOf } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { ProvisionResponseMessage } from '../protocol/provision.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { notationOf } from './notation.js';

/**
 * `Passed`: it reached its handler, whatever that said. `Demanded`: provision first, or a wipe is pending (449, 140 to
 * 144). `Refused`: anything else.
 */
export type Standing = 'Passed' | 'Demanded' | 'Refused';

export interface Answer {
  readonly httpStatus: number;
  /** The document of the body; null where there is none. */
  readonly document: Element | null;
  /** Where the document tells how the command went, `FolderHierarchy:Status`, and what; null where it does not. */
  readonly told: { readonly name: string; readonly status: number } | null;
  readonly standing: Standing;
  /** The Provision answer in it; an empty one where there is none. */
  readonly message: ProvisionResponseMessage;
  /** The body as evidence. */
  readonly noted: string | null;
}

export function readAnswer({ status, body }: HttpResponse, command: CommandName, version: ProtocolVersion): Answer {
  const decoded = body.length > 0 ? wbxml.decode(body) : null;
  const document = decoded?.ok ? decoded.value : null;
  const told = document && toldBy(document);
  const message = document && readProvisionResponse(document);
  return {
    httpStatus: status,
    document,
    told,
    standing: standingOf(status, told?.status ?? null, isReadable(body, document, command, version)),
    message: message?.ok ? message.value : {},
    noted: document ? notationOf(document) : body.length > 0 ? `(${body.length} bytes that are no WBXML)` : null,
  };
}

/** The key in a Provision answer, wherever it stands; null without one. */
export function keyIn({ message }: Answer): string | null {
  return message.policies?.find(({ policyKey }) => policyKey)?.policyKey ?? null;
}

/** An answer in a few words: `HTTP 200, FolderSync 142`. */
export function sketch({ httpStatus, document, told, message }: Answer): string {
  const root = document?.name.slice(document.name.indexOf(':') + 1);
  const policy = message.policies?.[0]?.status;
  return [
    `HTTP ${httpStatus}`,
    ...(root === undefined ? [] : [told ? `${root} ${told.status}` : root]),
    ...(policy === undefined ? [] : [`Policy ${policy}`]),
  ].join(', ');
}

function standingOf(http: number, status: number | null, isReadable: boolean): Standing {
  if (http === PROVISION_FIRST || (status !== null && status >= 140 && status <= 144)) return 'Demanded';
  return isSuccess(http) && isReadable && (status === null || status <= 100) ? 'Passed' : 'Refused';
}

/** A login page is no answer of the protocol, but an attachment is. */
function isReadable(body: Uint8Array, document: Element | null, command: CommandName, version: ProtocolVersion) {
  return body.length === 0 || document !== null || elementsOf(version, command) === null;
}

/** The Status among the children of the root, whatever page it was written with. */
function toldBy({ content }: Element): Answer['told'] {
  const children = Array.isArray(content) ? content : [];
  for (const { name, content: text } of children) {
    if (name.endsWith(':Status') && typeof text === 'string' && /^\d{1,5}$/.test(text)) {
      return { name, status: Number(text) };
    }
  }
  return null;
}

/** MS-ASCMD 2.2.2. */
const PROVISION_FIRST = 449;
