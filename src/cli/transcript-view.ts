import { err, ok, type Result } from '../protocol/result.js';
import { bytesOfHex } from './hex.js';
import { indented, printable } from './text.js';

/**
 * A transcript for reading: each exchange with both bodies. A body that can not be decoded is told in its place; the
 * error is a line that is no exchange. Both spellings of the parts are read, `req` and `request`.
 */
export function showTranscript(
  text: string,
  xmlOf: (body: Uint8Array) => Result<string, string>,
): Result<string, string> {
  const shown: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const exchange = exchangeOf(line);
    if (!exchange) return err(`line ${index + 1} is not a recorded exchange`);
    const { seq, requestLine, request, status, response } = exchange;
    shown.push(`#${seq} ${printable(requestLine)}`, ...body(request, xmlOf));
    shown.push(`#${seq} HTTP ${status}`, ...body(response, xmlOf), '');
  }
  return ok(shown.join('\n').trimEnd());
}

function body(hex: string, xmlOf: (body: Uint8Array) => Result<string, string>): readonly string[] {
  const bytes = bytesOfHex(hex);
  if (bytes.ok && bytes.value.length === 0) return [];
  const xml = bytes.ok ? xmlOf(bytes.value) : bytes;
  return [indented(xml.ok ? xml.value : printable(xml.error), '  ')];
}

function exchangeOf(line: string) {
  const record = parsed(line);
  const request = member(record, 'req') ?? member(record, 'request');
  const response = member(record, 'res') ?? member(record, 'response');
  const requestLine = member(request, 'line');
  const status = member(response, 'status');
  if (typeof requestLine !== 'string' || typeof status !== 'number') return null;
  return {
    seq: String(member(record, 'seq')),
    requestLine,
    request: hexIn(request),
    status,
    response: hexIn(response),
  };
}

function hexIn(message: unknown): string {
  return String(member(message, 'bodyHex') ?? '');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
