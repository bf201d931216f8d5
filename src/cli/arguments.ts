/** What arguments may be. Each parser throws commander's InvalidArgumentError, which ends with exit code 2. */
import { InvalidArgumentError } from 'commander';
import { isDeviceId, isDeviceType } from '../http/index.js';
import { isProtocolVersion, type ProtocolVersion, versions } from '../protocol/version.js';
import type { AcknowledgmentRules } from '../server/index.js';

/** A TCP port, 0 to 65535; 0 is any that is free. */
export function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Expected 0 to 65535.');
  return Number(text);
}

/** The values of an option that may come several times. */
export function gathered(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

export function versionOf(text: string): ProtocolVersion {
  if (!isProtocolVersion(text)) throw new InvalidArgumentError(`Expected one of ${versions.join(', ')}.`);
  return text;
}

/** Versions with commas between. */
export function versionsOf(text: string): readonly ProtocolVersion[] {
  return text.split(',').map((entry) => versionOf(entry.trim()));
}

/** MS-ASHTTP 2.2.1.1.1.2.3. */
export function deviceIdOf(text: string): string {
  if (!isDeviceId(text)) throw new InvalidArgumentError('Expected 1 to 32 letters or digits.');
  return text;
}

/** MS-ASHTTP 2.2.1.1.1.2.4. */
export function deviceTypeOf(text: string): string {
  if (!isDeviceType(text)) throw new InvalidArgumentError('Expected 1 to 32 visible ASCII characters.');
  return text;
}

/** A time as people write it: `30s`, `15m`, `8h`, `2d`; in milliseconds, above 0 and up to 366 days. */
export function durationOf(text: string): number {
  const { count = '', unit = '' } = /^(?<count>\d{1,9})(?<unit>[smhd])$/.exec(text)?.groups ?? {};
  const duration = Number(count) * (milliseconds.get(unit) ?? 0);
  if (duration > 0 && duration <= 366 * DAY) return duration;
  throw new InvalidArgumentError('Expected a number with its unit, such as 30s, 15m, 8h or 2d, up to 366d.');
}

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1000;
const milliseconds: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60 * 1000],
  ['h', 60 * 60 * 1000],
  ['d', DAY],
]);

/** The acknowledgments to accept beside *applied*, with commas between. */
export function acknowledgmentsOf(text: string): Partial<AcknowledgmentRules> {
  const names = text.split(',').map((name) => name.trim());
  if (!names.every((name) => acknowledgments.includes(name))) {
    throw new InvalidArgumentError(`Expected some of ${acknowledgments.join(', ')}.`);
  }
  return Object.fromEntries(names.map((name) => [name, 'accept']));
}

const acknowledgments: readonly string[] = [
  'partial',
  'notApplied',
  'externallyManaged',
] satisfies readonly (keyof AcknowledgmentRules)[];
