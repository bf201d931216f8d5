/** Plays a chapter: sends what it sends, and tells what came back in the chapter's own words. */
import type { ProtocolVersion } from '../../src/protocol/version.js';
import { actionOf } from './actions.js';
import { exchange } from './http.js';
import { asAnswered, asSent, stepsOf } from './lines.js';
import { headersNamed, linesOf, type QueryForm, requestOf } from './message.js';
import type { Chapter } from './page.js';
import { type Bindings, filled, told } from './placeholder.js';
import { settingOf } from './settings.js';
import { openStage } from './stage.js';

/** The forms of the query in which a chapter is played in a version: base64 from 12.1 on (MS-ASHTTP 2.2.1.1.1.1). */
export function formsOf({ settings }: Chapter, version: ProtocolVersion): readonly QueryForm[] {
  const { forms } = settingOf(settings);
  return forms.filter((form) => form === 'plain' || !['2.5', '12.0'].includes(version));
}

/** The lines of the chapter as they went, up to the first answer that is another. */
export async function play(chapter: Chapter, version: ProtocolVersion, form: QueryForm): Promise<readonly string[]> {
  const setting = settingOf(chapter.settings);
  const bindings: Bindings = new Map();
  const played: string[] = [];
  const stage = await openStage(setting);
  try {
    for (const step of stepsOf(chapter.linesIn(version))) {
      if (step.kind === 'Action') {
        const tells = await actionOf(step.line)({ stage, setting, bindings, version, form });
        played.push(typeof tells === 'string' ? tells : step.line);
        continue;
      }
      const sent = step.request.map((line) => filled(line, bindings));
      const answer = await exchange(stage.port, requestOf(sent, { version, form }));
      const seen = linesOf(answer, headersNamed(step.answer)).join('\n');
      const expected = step.answer.join('\n');
      const now = told(seen, expected, bindings);
      played.push(...asSent(step.request), ...asAnswered(now.split('\n')));
      if (now !== expected) break;
    }
  } finally {
    await stage.close();
  }
  return played;
}
