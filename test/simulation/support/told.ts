import type { Simulation } from '../../../src/simulation/index.js';
import { rowsOf } from '../../../src/timeline/index.js';

/** What happened, line by line: `>` a request, `<` an answer, `x` before one that was lost, `*` a note. */
export function told({ entries }: Pick<Simulation, 'entries'>): readonly string[] {
  return rowsOf(entries).map((row) => {
    if (row.kind === 'Note') return `* ${row.note.by} ${row.note.text}`;
    if (row.kind === 'Transition') return '?';
    const { direction, command, summary, refusal } = row.message;
    const fate = row.fate === 'Lost' ? 'x' : row.fate === null ? '~' : '';
    return `${fate}${direction === 'request' ? '>' : '<'} ${command}: ${summary}${refusal ? ` (${refusal.name})` : ''}`;
  });
}
