/** A transaction between two awaits: pure, so that it is explored as it ships. `transact.ts` awaits the store. */

/** So often a record is read and decided on, at the most. */
export const MAX_TRIES = 4;

/** What changes nothing is answered at once; anything else is answered once it is written. */
export function afterDeciding<Stored>(read: Stored, decided: Stored): 'Answer' | 'Write' {
  return decided === read ? 'Answer' : 'Write';
}

/**
 * Who lost the race reads and decides again, which is safe because deciding is pure.
 *
 * @param tries how many were left, that one included.
 */
export function afterWriting(isWritten: boolean, tries: number): 'Answer' | 'ReadAgain' | 'LostRace' {
  if (isWritten) return 'Answer';
  return tries > 1 ? 'ReadAgain' : 'LostRace';
}
