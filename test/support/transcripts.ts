import { readdirSync, readFileSync } from 'node:fs';
import { fromHex } from './hex.js';

/** One recorded exchange. */
export interface Exchange {
  /** The transcript it is from, `aosp-full.jsonl`. */
  readonly file: string;
  /** Its number in the recording; a transcript may be an excerpt. */
  readonly seq: number;
  readonly request: RecordedMessage & { readonly line: string };
  readonly response: RecordedMessage & { readonly status: number };
}

export interface RecordedMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty when the message had none. */
  readonly body: Uint8Array;
  /** A WBXML body as the recorder's own decoder read it: a second opinion. */
  readonly xml?: string;
}

const folder = new URL('../fixtures/transcripts/', import.meta.url);

/** All exchanges of all transcripts, in the order in which they were recorded. */
export const exchanges: readonly Exchange[] = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .sort()
  .flatMap((file) => lines(file).map((line) => exchange(file, JSON.parse(line))));

/** A body of a transcript, with where it is from for the name of a test. */
export interface Body {
  readonly of: string;
  readonly bytes: Uint8Array;
  readonly xml: string | undefined;
}

/** Every body that is not empty, requests and responses. */
export const bodies: readonly Body[] = exchanges.flatMap(({ file, seq, request, response }) =>
  [
    { of: `${file} ${seq} request`, bytes: request.body, xml: request.xml },
    { of: `${file} ${seq} response`, bytes: response.body, xml: response.xml },
  ].filter(({ bytes }) => bytes.length > 0),
);

type Line = ClientLine | ServerLine;

interface ClientLine {
  readonly seq: number;
  readonly req: RecordedRequest;
  readonly res: RecordedResponse;
}

interface ServerLine {
  readonly seq: number;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

interface RecordedBody {
  readonly headers: [string, string][];
  readonly bodyHex: string;
  readonly xml?: string;
}

interface RecordedRequest extends RecordedBody {
  readonly line: string;
}

interface RecordedResponse extends RecordedBody {
  readonly status: number;
}

function lines(file: string): string[] {
  return readFileSync(new URL(file, folder), 'utf8').split('\n').filter(Boolean);
}

function exchange(file: string, line: Line): Exchange {
  const { request, response } = 'req' in line ? { request: line.req, response: line.res } : line;
  return {
    file,
    seq: line.seq,
    request: { line: request.line, ...message(request) },
    response: { status: response.status, ...message(response) },
  };
}

function message({ headers, bodyHex, xml }: RecordedBody): RecordedMessage {
  return { headers, body: fromHex(bodyHex), ...(xml === undefined ? {} : { xml }) };
}
