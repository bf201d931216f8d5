/** What arguments may be. Each parser throws commander's InvalidArgumentError, which ends with exit code 2. */
import { InvalidArgumentError } from 'commander';
import { isDeviceId, isDeviceType } from '../http/index.js';
import { isProtocolVersion, type ProtocolVersion, versions } from '../protocol/version.js';

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
