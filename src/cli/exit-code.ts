/** What the process ends with; nothing else is used. */
export const exitCodes = {
  /** Done: provisioned, decoded, stopped as asked. */
  Done: 0,
  /** The peer, or the input, says no. */
  Refused: 1,
  /** Arguments, or files they name, that can not be meant. */
  Usage: 2,
  /** The server can not be reached, or the port can not be had. */
  Unreachable: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Arguments that can not be meant: told on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
