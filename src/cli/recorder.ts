import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import type { HttpRequest, HttpResponse } from '../http/index.js';
import { UsageError } from './exit-code.js';
import { failure } from './files.js';
import { recordOf } from './transcript.js';

/** Takes down an exchange. */
export type RecordExchange = (request: HttpRequest, response: HttpResponse) => void;

/**
 * Appends exchanges to a transcript, each as it ends, numbered on from those already there. A new file can be read by
 * its owner only, because it holds policy keys and whatever the bodies do. Failing later is told once and not again.
 *
 * @throws UsageError when the file can not be written.
 */
export function openRecorder(path: string, client: string, complain: (text: string) => void): RecordExchange {
  let seq = numberOfRecords(path);
  let isBroken = false;
  return (request, response) => {
    if (isBroken) return;
    try {
      seq += 1;
      appendFileSync(path, `${JSON.stringify(recordOf(seq, client, request, response))}\n`);
    } catch (error) {
      isBroken = true;
      complain(`${failure('write', path, error)}; recording ends\n`);
    }
  };
}

function numberOfRecords(path: string): number {
  try {
    closeSync(openSync(path, 'a', 0o600));
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).length;
  } catch (error) {
    throw new UsageError(failure('write', path, error));
  }
}
