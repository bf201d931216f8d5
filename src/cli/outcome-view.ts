import type { ProvisionOutcome } from '../client/index.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { Look } from './look.js';
import { moves } from './moves.js';
import { printable } from './text.js';

/** What `provision` ends with: by the kind of the outcome and nothing else. */
export const exitCodeOf = {
  Provisioned: exitCodes.Done,
  ProvisionedWithoutPolicy: exitCodes.Done,
  Wiped: exitCodes.Refused,
  Refused: exitCodes.Refused,
  Failed: exitCodes.Refused,
  Violation: exitCodes.Refused,
  Unreachable: exitCodes.Unreachable,
} as const satisfies Record<ProvisionOutcome['kind'], ExitCode>;

/** An outcome in words; a refusal with its reason and whose move would mend it. */
export function outcomeLines(outcome: ProvisionOutcome, { colors, glyphs }: Look): readonly string[] {
  const done = (text: string) => `${colors.green(glyphs.done)} ${colors.bold(text)}`;
  switch (outcome.kind) {
    case 'Provisioned':
      return [
        done(`Provisioned under key ${printable(outcome.policyKey)}.`),
        '  The policy was acknowledged as applied; this command line enforces nothing.',
      ];
    case 'ProvisionedWithoutPolicy':
      return [done('Provisioned: the server has no policy for this device.')];
    case 'Wiped':
      return [
        `${colors.red(glyphs.refused)} ${colors.bold(`The server ordered a wipe of the ${outcome.scope}, and it was confirmed.`)}`,
        '  A device would now be wiped; this command line wipes nothing.',
      ];
    default: {
      const { code, name, meaning, move } = outcome.explanation;
      return [
        `${colors.red(glyphs.refused)} ${colors.bold(`${outcome.kind}: ${code} ${name}.`)}`,
        `  ${meaning}`,
        `  Next move: ${colors.yellow(moves[move])}.`,
        ...(code === 'WipeFailed' ? ['  This command line confirms a wipe only with --accept-wipe.'] : []),
      ];
    }
  }
}

/** An outcome for programs: without the policy, which stands beside it, and without what a port threw. */
export function outcomeFields(outcome: ProvisionOutcome) {
  switch (outcome.kind) {
    case 'Provisioned':
      return { kind: outcome.kind, policyKey: outcome.policyKey };
    case 'ProvisionedWithoutPolicy':
      return { kind: outcome.kind };
    case 'Wiped':
      return { kind: outcome.kind, scope: outcome.scope };
    case 'Violation':
      return { kind: outcome.kind, event: outcome.event, fault: outcome.fault, explanation: outcome.explanation };
    default: {
      const { kind, failure, explanation } = outcome;
      return {
        kind,
        failure: failure.kind === 'HostFailed' ? { kind: failure.kind, port: failure.port } : failure,
        explanation,
      };
    }
  }
}
