/** The chapters of `test/exchange` that are drawn, one row each. */
import { readFileSync } from 'node:fs';
import { type Chapter, chaptersOf } from '../../exchange/chapter.js';
import { playSession } from './session.js';
import { type Step, stepsOf } from './steps.js';

/** A chapter with its picture. */
export interface DrawnChapter {
  /** Of its pictures: `docs/images/NAME-light.svg`. */
  readonly name: ChapterName;
  readonly chapter: Chapter;
  /** Whether only its beginning is drawn. */
  readonly isExcerpt: boolean;
  steps(): Promise<readonly Step[]>;
}

interface Row {
  readonly name: string;
  readonly page: string;
  readonly title: string;
  /** So many are drawn; all when absent. */
  readonly messages?: number;
}

const rows = [
  { name: 'eight-steps', page: 'eight-steps', title: 'A device that knows nothing, from 14.0 on' },
  { name: 'eight-steps-12-1', page: 'eight-steps', title: 'The same up to 12.1' },
  { name: 'refusal-12-1', page: 'eight-steps', title: 'The same up to 12.1', messages: 2 },
  { name: 'lost-request', page: 'lost', title: 'The request is lost' },
  { name: 'lost-policy', page: 'lost', title: 'The policy is lost' },
  { name: 'lost-key', page: 'lost', title: 'The permanent key is lost' },
  { name: 'policy-change', page: 'change', title: 'The policy changes after it was agreed on' },
  { name: 'wipe', page: 'wipe', title: 'A device is wiped' },
  { name: 'crash', page: 'crash', title: 'The device crashes between its two requests' },
] as const satisfies readonly Row[];

export type ChapterName = (typeof rows)[number]['name'];

export const drawnChapters: readonly DrawnChapter[] = rows.map(({ name, page, title, ...row }) => {
  const messages = 'messages' in row ? row.messages : Number.POSITIVE_INFINITY;
  const text = readFileSync(new URL(`../../exchange/${page}.md`, import.meta.url), 'utf8');
  const chapter = chaptersOf(text).find((each) => each.title === title);
  if (!chapter) throw new Error(`${page}.md has no chapter “${title}”`);
  const steps = async () => upTo(messages, stepsOf(await playSession(chapter.script)));
  return { name, chapter, isExcerpt: 'messages' in row, steps };
});

function upTo(messages: number, steps: readonly Step[]): readonly Step[] {
  const next = steps.findIndex((step) => step.kind === 'Message' && step.number > messages);
  return next === -1 ? steps : steps.slice(0, next);
}
