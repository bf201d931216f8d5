/**
 * A recording as entries: its messages, and what they make of the machines of both sides, each fed with the facts that
 * the messages state. Where a message fits neither a state nor the version, a mark says so.
 */
import { type HttpRequest, type HttpResponse, readRequest, requestRefusals } from '../http/index.js';
import { type Disclosure, everything } from './disclosure.js';
import type { Entry } from './entry.js';
import { answerEntry, requestEntry } from './messages.js';
import { hearCommand, hearCommandAnswer } from './recorded-command.js';
import { hearAnswer, hearRequest } from './recorded-provision.js';
import { createWitness, type Witness } from './witness.js';

/** One exchange as it was recorded. */
export interface RecordedExchange {
  /** Its number in the recording, which marks name. */
  readonly seq: number;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

/** The session of what belongs to no device, such as OPTIONS. */
export const NO_DEVICE = 'session';

/** All entries, in the order of the recording, which tells no times. A session is a user and a device. */
export function fromRecording(
  exchanges: readonly RecordedExchange[],
  disclosure: Disclosure = everything,
): readonly Entry[] {
  const sessions = new Map<string, Witness>();
  let current = 0;
  return exchanges.flatMap(({ seq, request, response }, index) => {
    const read = readRequest(request);
    const session = sessionOf(read.ok && read.value.kind === 'Command' ? read.value.query : null);
    const place = { at: 0, session };
    const witness = sessions.get(session) ?? createWitness(place, () => current);
    sessions.set(session, witness);
    current = seq;

    const id = 2 * index + 1;
    const asked = heard(read, response, witness);
    const told = witness.take();
    asked.answer();
    return [
      requestEntry({ ...place, id, request }, disclosure),
      { kind: 'Fate', ...place, message: id, fate: 'Delivered' } as const,
      ...told,
      answerEntry({ ...place, id: id + 1, answers: id, request, response }, disclosure),
      { kind: 'Fate', ...place, message: id + 1, fate: 'Delivered' } as const,
      ...witness.take(),
    ];
  });
}

/** A user and a device, whose letter case does not count; a base64 query names no user. */
function sessionOf(query: { readonly user?: string; readonly deviceId: string } | null): string {
  if (query === null) return NO_DEVICE;
  const { user, deviceId } = query;
  const device = deviceId.toLowerCase();
  return [user, device].filter(Boolean).join('/').slice(0, MAX_SESSION) || NO_DEVICE;
}

const MAX_SESSION = 200;

/** The request to both sides; the answer is for later. */
function heard(read: ReturnType<typeof readRequest>, response: HttpResponse, witness: Witness) {
  if (!read.ok) {
    const { reason, problem } = read.error;
    const code = problem ? ` (${problem.code})` : '';
    witness.mark('client', `sends what is no request: ${requestRefusals[reason].meaning}${code}`);
    return { answer() {} };
  }
  const command = read.value;
  if (command.kind === 'Options') return { answer() {} };
  if (command.command === 'Provision') {
    const asked = hearRequest(command, witness);
    return { answer: () => hearAnswer(asked, command, response, witness) };
  }
  hearCommand(command, response, witness);
  return { answer: () => hearCommandAnswer(command, response, witness) };
}
