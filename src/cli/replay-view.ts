/** A timeline for people: each message with what it made of both sides, what else happened, and where it went wrong. */
import type { ProvisioningState, Role } from '../../machines/index.js';
import {
  type ChartRow,
  type Entry,
  type MessageRow,
  type NoteEntry,
  rowsOf,
  sidesAfter,
  type TransitionEntry,
} from '../timeline/index.js';
import { type Mark, markOf, marksIn } from '../timeline/marks.js';
import { keyChange, keyText } from './keys.js';
import type { Look } from './look.js';
import { moves } from './moves.js';
import { cell, printable } from './text.js';
import { wrapped } from './wrapped.js';

/** Session after session, and at the end how both sides stand and how often they left the specification. */
export function timelineText(entries: readonly Entry[], look: Look): string {
  const sessions = bySession(entries);
  const timelines = sessions.flatMap(([name, own]) => [
    look.colors.bold(`Session ${printable(name)}`),
    ...linesOf(own, look),
    '',
  ]);
  const ends = sessions.flatMap(([name, own]) => endOf(name, own, look));
  return `${[...timelines, ...ends, verdict(marksIn(entries).length, look)].join('\n')}\n`;
}

function bySession(entries: readonly Entry[]): readonly (readonly [name: string, entries: readonly Entry[]])[] {
  const sessions = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = sessions.get(entry.session);
    if (own) own.push(entry);
    else sessions.set(entry.session, [entry]);
  }
  return [...sessions];
}

function linesOf(entries: readonly Entry[], look: Look): readonly string[] {
  const untold = new Map(marksIn(entries).map((mark) => [entries[mark.index], mark]));
  const rows = rowsOf(entries);
  const withFates = entries.some(({ kind }) => kind === 'Fate');
  return rows.flatMap((row) => [
    ...headOf(row, withFates, look),
    ...changesIn(row.transitions, look),
    ...row.transitions.flatMap((entry) => markLines(untold.get(entry), look)),
  ]);
}

function headOf(row: ChartRow, withFates: boolean, look: Look): readonly string[] {
  if (row.kind === 'Message') return messageLines(row, withFates, look);
  return row.kind === 'Note' ? noteLines(row.note, look) : [];
}

/** `  3  device --> server  Provision    initial, key 0, 14.1`. */
function messageLines({ message, fate, isRepeated, isDelayed }: MessageRow, withFates: boolean, look: Look) {
  const { colors, glyphs } = look;
  const { id, at, direction, command, summary, policyKey, protocolVersion, httpStatus, refusal } = message;
  const isRequest = direction === 'request';
  const fates = [
    at > 0 && `at ${(at / 1000).toFixed(1)} s`,
    isDelayed && 'delayed',
    isRepeated && 'twice',
    fate === 'Lost' && colors.yellow('lost'),
    fate === null && withFates && 'under way',
  ];
  const told = isRequest
    ? [summary, !summary.includes('key') && policyKey !== null && `key ${policyKey}`, protocolVersion]
    : [summary, summary !== String(httpStatus) && `HTTP ${httpStatus}`];
  const paint = refusal ? colors.red : isRequest ? (text: string) => text : colors.green;
  const line = [
    colors.dim(String(id).padStart(4)),
    `device ${colors.cyan(isRequest ? glyphs.toServer : glyphs.toClient)} server`,
    colors.bold(cell(command, 12, look)),
    paint(
      told
        .filter(Boolean)
        .map((part) => printable(String(part)))
        .join(', '),
    ),
    ...fates.filter(Boolean).map(String),
  ].join('  ');
  if (!refusal) return [line];
  const { name, meaning, move } = refusal;
  return [line, ...below(`${name}: ${meaning} Next: ${moves[move]}.`, look).map((text) => colors.yellow(text))];
}

function noteLines(note: NoteEntry, look: Look): readonly string[] {
  const mark = markOf(note);
  if (mark) return markLines(mark, look);
  const by = { client: 'device', server: 'server', link: 'link', environment: '' }[note.by];
  return below(`* ${by === '' ? '' : `${by}: `}${note.text}`, look).map((line) => look.colors.dim(line));
}

function markLines(mark: Pick<Mark, 'by' | 'text'> | undefined, look: Look): readonly string[] {
  if (!mark) return [];
  const { colors, glyphs } = look;
  const what = mark.by === null ? 'broken promise' : 'outside the specification';
  return below(`${glyphs.refused} ${what}: ${mark.text}`, look).map((line) => colors.red(line));
}

/** One line for each side that changed: the states it went through, and what became of its key. */
function changesIn(transitions: readonly TransitionEntry[], look: Look): readonly string[] {
  return (['client', 'server'] as const).flatMap((role) => {
    const own = transitions.filter((entry) => entry.role === role);
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last || (last.after.name === first.before.name && isSameKey(first, last))) return [];
    const names = [first.before, ...own.map(({ after }) => after)].map(({ name }) => name);
    const path = names.filter((name, at) => name !== names[at - 1]).join(` ${look.glyphs.becomes} `);
    const key = isSameKey(first, last) ? '' : `, key ${keyChange(first.before, last.after, look)}`;
    return [`${MARGIN}${sideNames[role]}  ${path}${key}${reasonOf(last.after)}`];
  });
}

function isSameKey({ before }: TransitionEntry, { after }: TransitionEntry): boolean {
  return before.context.policyKey === after.context.policyKey;
}

function reasonOf({ name, context: { reason } }: ProvisioningState): string {
  return name === 'NeedsReprovision' && reason !== null ? `, ${reason}` : '';
}

function endOf(name: string, entries: readonly Entry[], look: Look): readonly string[] {
  const { client, server } = sidesAfter(entries);
  const sides = [client, server].filter((state) => state !== null);
  if (sides.length === 0) return [];
  const stands = sides.map(
    (state) => `  ${sideNames[state.context.role]}  ${state.name}, key ${keyText(state)}${reasonOf(state)}`,
  );
  return [look.colors.bold(`${printable(name)} at the end`), ...stands];
}

function verdict(count: number, { colors, glyphs }: Look): string {
  if (count === 0) return `${colors.green(glyphs.done)} Nothing is outside the specification.`;
  const places = count === 1 ? 'One place' : `${count} places`;
  return `${colors.red(glyphs.refused)} ${places} outside the specification, or where a promise falls.`;
}

const MARGIN = '        ';
const sideNames = { client: 'device', server: 'server' } as const satisfies Record<Role, string>;

function below(text: string, { width }: Look): readonly string[] {
  return wrapped(printable(text), width - MARGIN.length - 2).map((line, at) => `${MARGIN}${at > 0 ? '  ' : ''}${line}`);
}
