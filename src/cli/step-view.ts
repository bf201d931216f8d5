import type { Observation } from '../client/index.js';
import { type KeyedState, keyChange } from './keys.js';
import type { Look } from './look.js';
import { httpText, statusTexts } from './statuses.js';
import { printable, problemText } from './text.js';

/**
 * One HTTP exchange of the client: what was sent, what came back and, where that changed anything, the state and the
 * key that it led to.
 */
export function stepLines(step: Observation, before: KeyedState, look: Look): readonly string[] {
  const { colors, glyphs } = look;
  const { n, command, policyKey, protocolVersion, httpStatus, problem, state } = step;
  const sent = [
    colors.dim(String(n).padStart(2)),
    colors.cyan(glyphs.toServer),
    colors.bold(command.padEnd(22)),
    policyKey === null ? '' : `key ${printable(policyKey)}, protocol ${protocolVersion ?? 'not agreed'}`,
  ];
  const isFine = httpStatus !== null && httpStatus < 300;
  const received = [
    '  ',
    colors.cyan(glyphs.toClient),
    (isFine ? colors.green : colors.red)(httpText(step).padEnd(22)),
    problem ? colors.red(problemText(problem)) : statusTexts(step).join(', '),
  ];
  const outcome = ['  ', '   ', state.name.padEnd(22), `key ${keyChange(before, state, look)}`];
  return [sent, received, ...(isChange(before, state) ? [outcome] : [])].map((parts) => parts.join('  ').trimEnd());
}

function isChange(before: KeyedState, after: KeyedState): boolean {
  return before.name !== after.name || before.context.policyKey !== after.context.policyKey;
}
