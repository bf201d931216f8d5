/** Everything a person can do to a simulation, one row each. A session is the list of its moves: it is what a permalink holds. */

/** Where a move belongs on a page. */
export type MoveGroup = 'run' | 'link' | 'device' | 'server' | 'administrator';

interface MoveRow {
  /** In a permalink: never given to another move. */
  readonly code: string;
  readonly group: MoveGroup;
  readonly label: string;
  readonly meaning: string;
  /** The key that does it on a page, if it has one. */
  readonly key: string | null;
}

export const moves = {
  command: { code: 'c', group: 'run', label: 'Command', meaning: 'The device runs FolderSync.', key: 'c' },
  step: { code: 's', group: 'run', label: 'Step', meaning: 'The next thing that waits happens.', key: 's' },
  drop: { code: 'd', group: 'link', label: 'Drop', meaning: 'The next message is lost.', key: 'd' },
  duplicate: { code: 'u', group: 'link', label: 'Duplicate', meaning: 'The next request arrives twice.', key: 'u' },
  delay: {
    code: 'l',
    group: 'link',
    label: 'Delay',
    meaning: 'The next message lets the others pass; alone, the clock.',
    key: 'l',
  },
  accept: { code: 'a1', group: 'device', label: 'Apply', meaning: 'The device applies policies fully.', key: null },
  applyPartly: { code: 'a2', group: 'device', label: 'Apply partly', meaning: 'It applies them partly.', key: null },
  refuse: { code: 'a3', group: 'device', label: 'Refuse', meaning: 'It does not apply them.', key: null },
  managedElsewhere: {
    code: 'a4',
    group: 'device',
    label: 'Managed elsewhere',
    meaning: 'It says that others manage it.',
    key: null,
  },
  confirmWipes: { code: 'w1', group: 'device', label: 'Confirm wipes', meaning: 'Wipes may happen.', key: null },
  refuseWipes: { code: 'w2', group: 'device', label: 'Refuse wipes', meaning: 'No wipe may happen.', key: null },
  forgetKey: {
    code: 'f',
    group: 'device',
    label: 'Forget the key',
    meaning: 'What the device stored is gone.',
    key: 'f',
  },
  crashDevice: {
    code: 'x1',
    group: 'device',
    label: 'Crash the device',
    meaning: 'It starts again from what it stored.',
    key: null,
  },
  crashServer: {
    code: 'x2',
    group: 'server',
    label: 'Crash the server',
    meaning: 'It starts again from what it stored.',
    key: null,
  },
  changePolicy: {
    code: 'p',
    group: 'administrator',
    label: 'Change the policy',
    meaning: 'Another policy is set.',
    key: 'p',
  },
  removePolicy: {
    code: 'p0',
    group: 'administrator',
    label: 'No policy',
    meaning: 'No policy is set any more.',
    key: null,
  },
  wipeDevice: {
    code: 'o1',
    group: 'administrator',
    label: 'Wipe the device',
    meaning: 'A wipe of everything is ordered.',
    key: null,
  },
  wipeAccount: {
    code: 'o2',
    group: 'administrator',
    label: 'Wipe the account',
    meaning: 'A wipe of what came from the server is ordered.',
    key: null,
  },
  cancelWipe: {
    code: 'o0',
    group: 'administrator',
    label: 'Cancel the wipe',
    meaning: 'The ordered wipe is taken back.',
    key: null,
  },
  readmit: {
    code: 'r',
    group: 'administrator',
    label: 'Readmit',
    meaning: 'A wiped device may come again.',
    key: null,
  },
  passTime: {
    code: 't',
    group: 'administrator',
    label: 'A day passes',
    meaning: 'Offers expire, and agreements fall due for a refresh.',
    key: 't',
  },
} as const satisfies Record<string, MoveRow>;

export type MoveName = keyof typeof moves;

export const moveNames = Object.keys(moves) as readonly MoveName[];
