import { existsSync } from 'node:fs';
import { wbxml } from '../codec/index.js';
import { xmlView } from '../codec/xml/index.js';
import { parseQuery, type Query } from '../http/index.js';
import { err, ok, type Result } from '../protocol/result.js';
import { type ExitCode, exitCodes, UsageError } from './exit-code.js';
import { readInput } from './files.js';
import { bytesOfHex, looksLikeHex } from './hex.js';
import type { Terminal } from './terminal.js';
import { printable, printableXml, problemText } from './text.js';
import { showTranscript } from './transcript-view.js';

export interface DecodeOptions {
  readonly hex?: true;
  readonly query?: true;
  readonly jsonl?: true;
}

/** Shows WBXML as readable XML, a query as its fields, a transcript as its exchanges; exit code 1 for what is none. */
export async function decode(file: string, options: DecodeOptions, terminal: Terminal): Promise<ExitCode> {
  if (Object.keys(options).length > 1) throw new UsageError('--hex, --query and --jsonl exclude each other');
  const shown = show(await inputOf(file, options, terminal), options);
  if (shown.ok) terminal.out(`${shown.value}\n`);
  else terminal.err(`${printable(shown.error)}\n`);
  return shown.ok ? exitCodes.Done : exitCodes.Refused;
}

/** Digits and queries are short enough to be arguments; a file of that name goes before. */
async function inputOf(file: string, options: DecodeOptions, terminal: Terminal): Promise<Uint8Array> {
  const isText = (options.hex || options.query) && file !== '-' && !existsSync(file);
  return isText ? new TextEncoder().encode(file) : readInput(file, terminal);
}

function show(input: Uint8Array, { hex, query, jsonl }: DecodeOptions): Result<string, string> {
  if (query) return queryFields(new TextDecoder().decode(input));
  if (jsonl) return showTranscript(new TextDecoder().decode(input), documentXml);
  if (!hex && !looksLikeHex(input)) return documentXml(input);
  const bytes = bytesOfHex(new TextDecoder().decode(input));
  return bytes.ok ? documentXml(bytes.value) : bytes;
}

function documentXml(bytes: Uint8Array): Result<string, string> {
  const document = wbxml.decode(bytes);
  if (!document.ok) return err(problemText(document.error));
  const xml = xmlView.encode(document.value);
  return xml.ok ? ok(printableXml(xml.value)) : err(problemText(xml.error));
}

/** The query alone, or behind the `?` of a URL or of a request line. */
function queryFields(text: string): Result<string, string> {
  const [, behind = text] = /^[^?=]*\?(\S*)/.exec(text.trim()) ?? [];
  const query = parseQuery(behind.trim());
  return query.ok ? ok(rowsOf(query.value).map(row).join('\n')) : err(problemText(query.error));
}

function rowsOf({ parameters, others, ...fields }: Query): readonly (readonly [name: string, value: unknown])[] {
  return [...Object.entries(fields), ...Object.entries(parameters), ...others.map((o) => [o.name, o.value] as const)];
}

function row([name, value]: readonly [name: string, value: unknown]): string {
  return `${printable(name).padEnd(16)} ${printable(String(value))}`;
}
