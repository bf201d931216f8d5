/** Plays an attack on our server: as the chapters of `../server` are played, in a world where more can go wrong. */
import type { ProtocolVersion } from '../../../src/protocol/version.js';
import { actionOf } from '../actions.js';
import { bodiesOf, expanded } from '../client/body.js';
import { exchange } from '../http.js';
import { asAnswered, asSent, stepsOf } from '../lines.js';
import { headersNamed, linesOf, type QueryForm, requestOf } from '../message.js';
import { formatNotation, parseNotation } from '../notation.js';
import type { Chapter } from '../page.js';
import { type Bindings, filled, told } from '../placeholder.js';
import { settingOf } from '../settings.js';
import { openStage, type Stage } from '../stage.js';
import { createWorld, keysInTurn, platformKeys, type World } from './world.js';

export { formsOf } from '../play.js';

/** A chapter without the settings that only an attack knows. */
export function ordinary(chapter: Chapter): Chapter {
  return { ...chapter, settings: chapter.settings.filter((line) => !KEYS.test(line)) };
}

/** The lines of the chapter as they went, up to the first answer that is another. */
export async function assault(chapter: Chapter, version: ProtocolVersion, form: QueryForm): Promise<readonly string[]> {
  const world = createWorld();
  const setting = settingOf(ordinary(chapter).settings);
  for (const line of chapter.settings) {
    const keys = KEYS.exec(line)?.[1];
    if (keys !== undefined) world.mintKey = keys === 'of the platform' ? platformKeys : keysInTurn(keys);
  }
  Object.assign(setting.options, { store: world.store, mintKey: () => world.mintKey() });
  const bindings: Bindings = new Map();
  const played: string[] = [];
  const stages: Stage[] = [await openStage(setting), await openStage(setting)];
  let times = 1;

  async function act(line: string): Promise<void> {
    const [stage] = stages;
    const [, count] = /^the next request comes (\d+) times at once, to two servers$/.exec(line) ?? [];
    const trouble = troubles.get(line);
    if (count !== undefined) times = Number(count);
    else if (trouble !== undefined) world.trouble = trouble;
    else if (line === 'the server starts again') {
      const next = await openStage(setting);
      next.now = stage?.now ?? next.now;
      await stages.splice(0, 1, next)[0]?.close();
    } else if (stage) await actionOf(line)({ stage, setting, bindings, version, form });
  }

  try {
    for (const step of stepsOf(chapter.linesIn(version))) {
      if (step.kind === 'Action') {
        await act(step.line);
        played.push(step.line);
        continue;
      }
      const request = requestOf(
        step.request.map((line) => filled(expanded(line, bodies), bindings)),
        { version, form },
      );
      const count = times;
      times = 1;
      const answers = await Promise.all(
        Array.from({ length: count }, (_, at) => exchange(stages[at % 2]?.port ?? 0, request)),
      );
      const expected = step.answer.flatMap(spelledOut).join('\n');
      const seen = answers.map((answer) =>
        told(linesOf(answer, headersNamed(step.answer)).join('\n'), expected, bindings),
      );
      const other = seen.find((text) => text !== expected);
      played.push(...asSent(step.request), ...asAnswered(other?.split('\n') ?? step.answer));
      if (other !== undefined) break;
    }
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
  return played;
}

/** A line of an answer that names a body, as an answer is told. */
function spelledOut(line: string): readonly string[] {
  return line.startsWith('@') ? formatNotation(parseNotation(expanded(line, bodies))).split('\n') : [line];
}

const bodies = bodiesOf(new URL('bodies.md', import.meta.url));

const KEYS = /^keys (.+)$/;
const troubles: ReadonlyMap<string, World['trouble']> = new Map([
  ['the store fails', 'fails'],
  ['the store takes no writes', 'takes no writes'],
  ['the server dies when it has written', 'writes and dies'],
  ['the store works again', null],
]);
