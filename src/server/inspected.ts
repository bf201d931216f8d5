import type { Transition } from '../../machines/index.js';
import { attempt } from './attempt.js';
import type { DeviceIdentity } from './ports.js';
import type { ServerSettings } from './settings.js';

/** Tells the facts of a decision once it is stored. What the inspector throws, now or later, has no say in the answer. */
export function inspected(
  device: DeviceIdentity,
  transitions: readonly Transition<'server'>[],
  settings: ServerSettings,
): void {
  const { inspect } = settings;
  if (inspect) for (const transition of transitions) attempt(() => inspect(device, transition));
}
