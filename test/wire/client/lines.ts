/** Requests and answers as a chapter writes them. */
import { wbxml } from '../../../src/codec/index.js';
import { type HttpRequest, readRequest } from '../../../src/http/index.js';
import { unwrap } from '../../support/device.js';
import { formatNotation } from '../notation.js';
import { bodyOf } from './body.js';
import type { Entry } from './chapter.js';
import { DEVICE } from './scene.js';
import type { Answer } from './scripted-server.js';

/** A request as it came in. */
export interface Seen {
  readonly command: string;
  /** `FolderSync 14.1 key=0`. */
  readonly line: string;
  readonly body: Uint8Array;
  readonly told: string;
}

export function seenOf(request: HttpRequest): Seen {
  const [, host = '', url = request.url] = /^\/([\w.-]+\.test)(\/.*)$/.exec(request.url) ?? [];
  const read = unwrap(readRequest({ ...request, url }));
  const at = host === 'eas.example.test' ? [] : [`at ${host}`];
  const { body } = request;
  if (read.kind === 'Options') return { command: 'OPTIONS', line: ['OPTIONS', ...at].join(' '), body, told: '' };
  const { command, protocolVersion, policyKey, query, deviceId } = read;
  const form = query.form === 'base64' ? ['base64'] : [];
  const device = deviceId === DEVICE ? [] : [`device=${deviceId}`];
  const line = [command, protocolVersion, `key=${policyKey ?? 'none'}`, ...device, ...form, ...at].join(' ');
  const document = body.length > 0 ? wbxml.decode(body) : null;
  return { command, line, body, told: document?.ok ? formatNotation(document.value) : '' };
}

/** The line up to the key, and to form and host where they are told; what follows is the body. */
export function foreseenIn({ text, lines: [first = '', ...rest] }: Entry) {
  const [, line = '', onFirst = ''] = REQUEST.exec(first) ?? [];
  if (line === '') throw new Error(`no such request: ${first}`);
  return { text, line, body: bodyOf([onFirst, ...rest].join('\n').trim()).bytes };
}

const REQUEST = /^((?:OPTIONS|\w+ [\d.]+ key=\S+)(?: device=\S+)?(?: base64)?(?: at \S+)?)(?: (.+))?$/;

/** Status and body on the first line, headers and the rest of the body on the others. */
export function answerOf({ lines: [first = '', ...rest] }: Entry): Answer {
  if (first === 'nothing') return null;
  if (first === 'silence') return 'silence';
  const [, status = '', onFirst = ''] = /^(\d{3})(?: (.+))?$/.exec(first) ?? [];
  if (status === '') throw new Error(`no such answer: ${first}`);
  const headers = rest.filter((line) => HEADER.test(line)).map((line) => line.split(/: (.*)/s, 2));
  const text = [onFirst, ...rest.filter((line) => !HEADER.test(line))].join('\n').trim();
  const body = bodyOf(text);
  return { status: Number(status), headers: { ...body.headers, ...Object.fromEntries(headers) }, bytes: body.bytes };
}

const HEADER = /^[A-Za-z-]+: /;
