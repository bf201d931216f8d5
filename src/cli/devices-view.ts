/** Devices as an administration tells of them, for people: whatever is missing or of another shape is left out. */
import { member } from './administration-client.js';
import type { Look } from './look.js';
import { printable } from './text.js';

/** One line for each device that is listed; last those whose record can not be read. */
export function deviceTable(list: unknown, look: Look): readonly string[] {
  const devices = [
    ...listIn(list, 'devices'),
    ...listIn(list, 'unreadable').map((device) => ({
      user: member(device, 'user'),
      deviceId: member(device, 'deviceId'),
      state: 'unreadable',
    })),
  ];
  if (devices.length === 0) return ['no devices'];
  const rows = devices.map((device) => columns.map(({ of }) => shown(of(device), look)));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [look.colors.dim(line(columns.map(({ title }) => title))), ...rows.map(line)];
}

const columns: readonly { readonly title: string; readonly of: (device: unknown) => unknown }[] = [
  { title: 'user', of: (device) => member(device, 'user') },
  { title: 'device', of: (device) => member(device, 'deviceId') },
  { title: 'state', of: (device) => member(device, 'state') },
  { title: 'key', of: (device) => member(device, 'policyKey') },
  { title: 'age', of: (device) => ageText(member(device, 'keyAge')) },
  { title: 'policy', of: (device) => member(device, 'policyRevision') },
  { title: 'last seen', of: (device) => timeText(member(device, 'lastSeen')) },
  { title: 'wipe', of: (device) => wipeText(device) },
];

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = member(value, name);
  return Array.isArray(list) ? list : [];
}

/** All that is known of one device. */
export function deviceLines(device: unknown, look: Look): readonly string[] {
  const of = (name: string) => member(device, name);
  const failure = of('failure');
  const information = Object.entries(of('information') ?? {});
  const rows: readonly (readonly [string, unknown])[] = [
    ['state', joined([of('state'), of('reason')])],
    ['failure', typeof failure === 'object' && failure !== null ? joined(Object.values(failure), ' ') : null],
    ['key', joined([of('policyKey'), ageText(of('keyAge'))])],
    ['policy', of('policyRevision')],
    ['last seen', joined([timeText(of('lastSeen')), of('deviceType'), of('protocolVersion')])],
    ...information.map(([name, text]) => [name, text] as const),
    ['wipe', wipeText(device)],
    ...wipeTimes.map(([member_, label]) => [label, timeText(member(of('wipe'), member_))] as const),
  ];
  const told = rows.filter(([, value]) => shown(value, look) !== '');
  const width = Math.max(...told.map(([label]) => printable(label).length), 0);
  const history = listIn(device, 'history');
  return [
    look.colors.bold(`Device ${shown(of('deviceId'), look)} of ${shown(of('user'), look)}`),
    ...told.map(([label, value]) => `  ${look.colors.dim(printable(label).padEnd(width))}  ${shown(value, look)}`),
    ...(history.length > 0 ? [look.colors.dim('  history')] : []),
    ...history.map((change) => `    ${changeText(change, look)}`),
  ];
}

const wipeTimes: readonly (readonly [member: string, label: string])[] = [
  ['orderedAt', 'ordered'],
  ['announcedAt', 'announced'],
  ['directedAt', 'directed'],
  ['failedAt', 'failed'],
  ['refusedAt', 'refused'],
  ['completedAt', 'completed'],
];

function changeText(change: unknown, look: Look): string {
  const of = (name: string) => member(change, name);
  const [from, to] = [shown(of('from'), look), shown(of('to'), look)];
  const happened = joined([...listIn(change, 'events'), of('reason')]);
  return [
    timeText(of('at')) ?? '',
    shown(of('command') ?? 'administration', look).padEnd(14),
    shown(of('httpStatus'), look).padEnd(3),
    from === to ? to : `${from} ${look.glyphs.becomes} ${to}`,
    shown(happened, look),
  ]
    .join('  ')
    .trimEnd();
}

function wipeText(device: unknown): string | null {
  const [wipe, wiped] = [member(device, 'wipe'), member(device, 'wiped')];
  if (typeof wiped === 'string') return `${wiped}: Completed`;
  return typeof wipe === 'object' && wipe !== null
    ? joined([member(wipe, 'scope'), member(wipe, 'progress')], ': ')
    : null;
}

/** To the second. */
function timeText(time: unknown): string | null {
  return typeof time === 'string' ? time.replace(/\.\d+Z$/, 'Z') : null;
}

/** Seconds in their greatest unit. */
function ageText(seconds: unknown): string | null {
  if (typeof seconds !== 'number') return null;
  const [size, unit] = units.find(([size]) => seconds >= size) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const units: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

function joined(values: readonly unknown[], between = ', '): string | null {
  const texts = values.filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
  return texts.length > 0 ? texts.join(between) : null;
}

/** Text and numbers, made harmless; a key begins with an ellipsis, which plain text has not. */
function shown(value: unknown, { glyphs }: Look): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return printable(String(value)).replaceAll('…', glyphs.more);
}
