/** A way through composed states as a sequence chart in plain text. */
import type { Composed } from './composed.js';
import { answerText, requestText } from './messages.js';
import { argumentOf, type MoveName, nameOf } from './moves.js';
import type { PathStep } from './path.js';
import { places } from './row.js';
import { orderNames } from './server-side.js';

/** One line for each step: what happens, with the state on both sides where it changed. Keys are renamed as they die. */
export function chartOf(composed: Composed, steps: readonly PathStep[]): readonly string[] {
  const first = steps[0];
  if (!first) return [];
  const heading = line('device', '', 'server');
  return [heading, sides(composed, first.before), ...steps.flatMap((step) => linesOf(composed, step))];
}

const DEVICE_WIDTH = 28;
const LINK_WIDTH = 54;

function line(device: string, between: string, server: string): string {
  return `${device.padEnd(DEVICE_WIDTH)}${between.padEnd(LINK_WIDTH)}${server}`.trimEnd();
}

function linesOf(composed: Composed, step: PathStep): readonly string[] {
  const before = sides(composed, step.before);
  const after = sides(composed, step.after);
  return [eventLine(composed, step), ...(before === after ? [] : [after])];
}

function sides({ client, server }: Composed, row: Int32Array): string {
  const device = client.memories.at(row[places.memory]!).state;
  const { state, wiped } = server.records.at(row[places.record]!);
  const at = ({ name, context }: { name: string; context: { policyKey: string } }) =>
    `  [${name} ${context.policyKey}]`;
  return line(at(device), '', `${at(state).trim()}${wiped ? ` wiped: ${wiped}` : ''}`);
}

function eventLine(composed: Composed, { move, before, after }: PathStep): string {
  const { client, requests, answers, wire, bounds } = composed;
  const name = nameOf(move);
  const argument = argumentOf(move);
  const requestAt = (place: number) => requestText(requests.at(before[place]!));
  const answerAt = (place: number) => answerText(answers.at(before[place]!), wire.answer(answers.at(before[place]!)));
  const requestPlace = places.requests + argument;
  const answerPlace = places.requests + bounds.inFlight + argument;
  const nodePlace = argument === 0 ? places.node1 : places.node2;
  const effect = () => client.exchanges.at(before[places.exchange]!).effects[0]?.type ?? '';
  const texts: Readonly<Record<MoveName, () => string>> = {
    begin: () => line(`command ${argument + 1} begins`, '', ''),
    send: () => line(`command ${argument + 1}`, `--- FolderSync, key ${client.keyOf(before[places.memory]!)} -->`, ''),
    perform: () => line(effect(), effect() === 'Send' ? `--- ${sentIn(before, after)} -->` : '', ''),
    word: () => line(`${effect()}: ${argument}`, '', ''),
    wake: () => line('the timer fires', '', ''),
    receive: () => line('', `    ${requestAt(requestPlace)} -->`, 'reads'),
    write: () => line('', '', `writes and answers ${requestAt(nodePlace)}`),
    answer: () => line('takes the answer', `<-- ${answerAt(answerPlace)}`, ''),
    resume: () => line(`command ${argument + 1} goes on`, '', ''),
    silence: () => line('no answer comes', '', ''),
    impatience: () => line('gives up waiting', '', ''),
    loseRequest: () => line('', `--- ${requestAt(requestPlace)} --x`, ''),
    loseAnswer: () => line('', `x-- ${answerAt(answerPlace)}`, ''),
    repeatRequest: () => line('', `=== ${requestAt(requestPlace)} ==>`, '(twice)'),
    crashDevice: () => line('crashes, starts again', '', ''),
    crashServer: () => line('', '', `crashes with ${requestAt(nodePlace)} in hand`),
    policy: () => line('', '', argument === 0 ? '* no policy is set' : `* policy ${argument} is set`),
    order: () => line('', '', `* ${orderNames[argument] ?? ''}`),
    due: () => line('', '', `* deadline ${argument + 1} falls due`),
  };
  return texts[name]();

  function sentIn(was: Int32Array, is: Int32Array): string {
    for (let at = places.requests; at < places.requests + bounds.inFlight; at++) {
      const id = is[at]!;
      if (id !== 0 && !was.subarray(places.requests, places.requests + bounds.inFlight).includes(id)) {
        return requestText(requests.at(id));
      }
    }
    return 'a request';
  }
}
