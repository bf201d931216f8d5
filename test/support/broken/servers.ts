import { brokenGates } from './gate.js';
import { brokenKeys } from './keys.js';
import { brokenPolicies } from './policy.js';
import { brokenSignals } from './signals.js';
import { brokenWipes } from './wipe.js';
import type { BrokenServer } from './world.js';

/** Servers that break one promise each, as servers in the field do: for `probe` to find. */
export const brokenServers: readonly BrokenServer[] = [
  ...brokenKeys,
  ...brokenPolicies,
  ...brokenWipes,
  ...brokenSignals,
  ...brokenGates,
];
