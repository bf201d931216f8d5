/** What a chapter foresees on the wire, and what has happened so far. */
import type { HttpRequest } from '../../../src/http/index.js';
import type { Entry } from './chapter.js';
import { answerOf, foreseenIn, type Seen, seenOf } from './lines.js';
import type { Answer } from './scripted-server.js';

/** The script of a chapter; where a request comes that it does not foresee, what came is told in its place. */
export function createScript(wire: readonly Entry[]) {
  const requests = wire.filter(({ sign }) => sign === '>').map(foreseenIn);
  const answers = wire
    .filter(({ sign }) => sign === '<')
    .map((entry) => ({ text: entry.text, answer: answerOf(entry) }));
  const standing = wire.filter(({ sign }) => sign === '*').map(standingAnswer);
  const trace: string[] = standing.map(({ text }) => text);
  const counts = new Map<string, number>();
  let passTimeout = () => {};
  let arrived = 0;
  let order: Promise<unknown> = Promise.resolve();
  let onArrival = () => {};

  /** A line of the trace; where the chapter says that time passes after it, it does. */
  function tell(line: string) {
    trace.push(line);
    const next = wire[trace.length]?.text;
    if (next !== 'time passes') return;
    trace.push(next);
    passTimeout();
  }

  function answerTo(request: HttpRequest): Answer {
    arrived += 1;
    onArrival();
    try {
      return answerIn(request);
    } catch (failure) {
      tell(`> ${request.method} ${request.url}: ${failure}`);
      return null;
    }
  }

  function answerIn(request: HttpRequest): Answer {
    const seen = seenOf(request);
    const standingOne = standing.find(({ covers }) => covers(seen));
    if (standingOne) {
      counts.set(seen.command, (counts.get(seen.command) ?? 0) + 1);
      return standingOne.answer;
    }
    const foreseen = requests.shift();
    const isForeseen = foreseen?.line === seen.line && Buffer.compare(foreseen.body, seen.body) === 0;
    trace.push(
      isForeseen ? foreseen.text : `> ${[seen.line, seen.told].filter(Boolean).join('\n').replaceAll('\n', '\n  ')}`,
    );
    const next = answers.shift() ?? { text: '< nothing', answer: null };
    tell(next.text);
    return next.answer;
  }

  return {
    trace,
    answerTo,
    tell,
    whenTimePasses: (pass: () => void) => {
      passTimeout = pass;
    },
    /** Sends one request after the other, each when the one before has arrived; at once where they are only counted. */
    inOrder(send: () => Promise<Response>): Promise<Response> {
      if (standing.length > 0) return send();
      const sending = order.then(() => {
        const before = arrived;
        const arrival = new Promise<void>((resolve) => {
          onArrival = () => arrived > before && resolve();
        });
        const response = send();
        return { response, settled: Promise.race([arrival, response.catch(() => {})]) };
      });
      order = sending.then(({ settled }) => settled);
      return sending.then(({ response }) => response);
    },
    arrival: () => order,
    counted: () => [...counts].map(([command, count]) => `${command} ${count}`).join(', '),
  };
}

/** `* FolderSync < 449`, `* FolderSync key=77 < 449`: whenever it comes, without a word. */
function standingAnswer(entry: Entry) {
  const [, command, key, answer = ''] = /^(\w+)(?: key=(\w+))? < ([\s\S]+)$/.exec(entry.lines.join('\n')) ?? [];
  if (command === undefined) throw new Error(`no such answer: ${entry.text}`);
  return {
    text: entry.text,
    covers: (seen: Seen) => seen.command === command && (key === undefined || seen.line.endsWith(` key=${key}`)),
    answer: answerOf({ ...entry, lines: answer.split('\n') }),
  };
}
