/** What a sequence chart shows of a session, one thing below the other. */
import type { ProvisioningState, ProvisioningStateName, Role } from '../../../machines/index.js';
import { NO_POLICY_KEY } from '../../../src/protocol/policy-key.js';
import type { ChartRow, MessageRow, NoteRow, TransitionEntry } from '../../../src/timeline/index.js';
import type { Session } from './session.js';

export type Step = MessageStep | StatesStep | NoteStep;

export interface MessageStep {
  readonly kind: 'Message';
  /** From 1 on. */
  readonly number: number;
  readonly from: Role;
  readonly says: string;
  /** The key of a request; of an answer that refuses, the name of the reason. */
  readonly detail: string | null;
  readonly isLost: boolean;
}

/** The states that both sides went through, in order, side by side. */
export interface StatesStep {
  readonly kind: 'States';
  readonly states: Readonly<Record<Role, readonly ShownState[]>>;
}

export interface ShownState {
  readonly name: ProvisioningStateName;
  /** With its key, if there is one. */
  readonly text: string;
}

export interface NoteStep {
  readonly kind: 'Note';
  readonly by: NoteRow['note']['by'];
  readonly text: string;
}

export function stepsOf({ rows, outcome }: Session): readonly Step[] {
  const first = (role: Role) =>
    transitionsIn(rows, role)
      .slice(0, 1)
      .map(({ before }) => shown(before));
  const seen = { client: first('client'), server: first('server') };
  const steps: Step[] = [{ kind: 'States', states: { ...seen } }];
  const changes = (row: ChartRow, role: Role) => {
    const states = [...seen[role].slice(-1), ...transitionsIn([row], role).map(({ after }) => shown(after))];
    const changed = states.slice(1).filter(({ text }, at) => text !== states[at]?.text);
    seen[role] = [...seen[role], ...changed];
    return changed;
  };
  let number = 0;
  for (const row of rows) {
    if (row.kind === 'Message') steps.push(messageStep(row, ++number));
    if (row.kind === 'Note') steps.push({ kind: 'Note', by: row.note.by, text: row.note.text });
    const states = { client: changes(row, 'client'), server: changes(row, 'server') };
    if (states.client.length + states.server.length > 0) steps.push({ kind: 'States', states });
  }
  return outcome === null ? steps : [...steps, { kind: 'Note', by: 'environment', text: `outcome: ${outcome}` }];
}

function transitionsIn(rows: readonly ChartRow[], role: Role): readonly TransitionEntry[] {
  return rows.flatMap(({ transitions }) => transitions).filter((transition) => transition.role === role);
}

function shown({ name, context: { policyKey } }: ProvisioningState): ShownState {
  return { name, text: policyKey === NO_POLICY_KEY ? name : `${name} ${policyKey}` };
}

function messageStep({ message, from, fate }: MessageRow, number: number): MessageStep {
  const { direction, command, summary, policyKey, refusal } = message;
  const isRequest = direction === 'request';
  // Of other commands the summary is the key alone.
  const says = isRequest ? (command === 'Provision' ? `${command}, ${summary}` : command) : summary;
  const detail = isRequest ? `key ${policyKey ?? 'missing'}` : (refusal?.name ?? null);
  return { kind: 'Message', number, from, says, detail, isLost: fate === 'Lost' };
}
