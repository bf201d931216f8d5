/** Everything that can happen next in a composed state, by name. */
export const moveNames = [
  // The device: a command begins, is sent; an effect is performed, with another word than the usual one; a timer fires.
  'begin',
  'send',
  'perform',
  'word',
  'wake',
  // An answer comes, waits for the end of an exchange, or does not come; a crash.
  'answer',
  'resume',
  'silence',
  'impatience',
  'crashDevice',
  // The server: a request is read and decided, then written and answered; a crash with one in hand.
  'receive',
  'write',
  'crashServer',
  // The link.
  'loseRequest',
  'loseAnswer',
  'repeatRequest',
  // The surroundings.
  'policy',
  'order',
  'due',
] as const;

export type MoveName = (typeof moveNames)[number];

/** A move as one number, its argument included: 0 to 15. */
export function moveOf(name: MoveName, argument = 0): number {
  return (codes.get(name) ?? 0) * 16 + argument;
}

export function nameOf(move: number): MoveName {
  return moveNames[move >> 4] ?? 'begin';
}

export function argumentOf(move: number): number {
  return move & 15;
}

const codes: ReadonlyMap<string, number> = new Map(moveNames.map((name, code) => [name, code]));
