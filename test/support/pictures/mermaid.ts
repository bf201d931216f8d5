/** A session as Mermaid draws it. */
import type { Step } from './steps.js';

export function mermaidSequence(steps: readonly Step[]): string {
  return ['```mermaid', 'sequenceDiagram', ...participants, ...steps.flatMap(linesOf), '```'].join('\n');
}

function linesOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'Message': {
      const arrow = step.from === 'client' ? (step.isLost ? '-x' : '->>') : step.isLost ? '--x' : '-->>';
      const to = step.from === 'client' ? 'server' : 'client';
      const detail = step.detail === null ? '' : ` (${step.detail})`;
      return [`  ${step.from}${arrow}${to}: ${step.says}${detail}${step.isLost ? ', lost' : ''}`];
    }
    case 'States':
      return (['client', 'server'] as const)
        .filter((role) => step.states[role].length > 0)
        .map((role) => `  Note over ${role}: ${step.states[role].map(({ text }) => text).join(', ')}`);
    case 'Note':
      return [`  Note over ${step.by === 'client' || step.by === 'server' ? step.by : 'client,server'}: ${step.text}`];
  }
}

const participants = ['  participant client as device', '  participant server'];
