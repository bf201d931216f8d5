import type { CommandName } from '../protocol/command.js';

/**
 * Requests of which no policy is asked: all that is named here has to be equal, nothing is matched in part (I13). What
 * passes this way is named in the exchange that `observe` is told, and can be counted.
 */
export interface Exemption {
  /** What the log calls it. */
  readonly name: string;
  readonly user?: string;
  /** In any letter case. */
  readonly deviceId?: string;
  /** In the letter case that the device sends. */
  readonly deviceType?: string;
  readonly command?: CommandName;
}

/** The first exemption that fits a request, or null. */
export function exemptionFor(
  request: Readonly<Record<'user' | 'deviceId' | 'deviceType' | 'command', string>>,
  exemptions: readonly Exemption[],
): Exemption | null {
  return (
    exemptions.find(
      ({ user, deviceId, deviceType, command }) =>
        (user === undefined || user === request.user) &&
        (deviceId === undefined || deviceId.toLowerCase() === request.deviceId.toLowerCase()) &&
        (deviceType === undefined || deviceType === request.deviceType) &&
        (command === undefined || command === request.command),
    ) ?? null
  );
}

/** An exemption that names nothing but itself would exempt everyone; one without a name could not be told. */
export function isExemption({ name, user, deviceId, deviceType, command }: Exemption): boolean {
  const parts = [user, deviceId, deviceType, command].filter((part) => part !== undefined);
  return [name, ...parts].every((part) => typeof part === 'string' && part !== '') && parts.length > 0;
}
