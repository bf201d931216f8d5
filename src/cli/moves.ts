import type { Move } from '../protocol/problem.js';

/** Whose move it is, in words. */
export const moves = {
  client: 'the client',
  server: 'the server',
  administrator: 'an administrator',
  user: 'the user',
  wait: 'wait and try again',
  caller: 'whoever made the call',
  nobody: 'nobody',
} as const satisfies Record<Move, string>;
