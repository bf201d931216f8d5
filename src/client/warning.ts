import type { Problem } from '../protocol/problem.js';
import type { QueryForm } from './draft.js';

/** What the host should know although the call went on: nothing failed by it. */
export type ClientWarning =
  /** So many commands passed, `commands` of them, and the server never said a word about a policy. */
  | { readonly kind: 'NeverAsked'; readonly commands: number }
  /** The device is known to the server by the query form `kept`; the option asks for `asked`. */
  | { readonly kind: 'QueryFormKept'; readonly kept: QueryForm; readonly asked: QueryForm }
  /** What the store held is no state, in whole or in part. */
  | { readonly kind: 'StateUnreadable'; readonly problem: Problem }
  /** The policy agreed on is `characters` long as JSON; no more than `limit` are stored. */
  | { readonly kind: 'PolicyNotKept'; readonly characters: number; readonly limit: number }
  /** A 451 named `location`, at most 2048 characters of it, and the client stayed where it was. */
  | { readonly kind: 'RedirectNotFollowed'; readonly location: string; readonly why: RedirectObjection };

/** Why a redirection is not followed: one row each. */
export const redirectObjections = {
  NotSecure: 'It names no https URL without user and password.',
  OtherSite: 'It leads to another site, and `followRedirect` did not agree.',
  TooManyHops: 'It is the fourth in a row.',
} as const satisfies Record<string, string>;

/** Why a redirection is not followed; `redirectObjections` says it in words. */
export type RedirectObjection = keyof typeof redirectObjections;

/** What each warning means, and what to do about it. */
export const warnings = {
  NeverAsked: {
    meaning: 'Three commands passed, and the server never asked for an agreement on a policy.',
    advice: 'If nothing is delivered, provision first: some servers wait for that without a word.',
  },
  QueryFormKept: {
    meaning: 'The stored state was made with the other query form, and is kept to it.',
    advice: 'Servers may take the two forms for two devices: change the form only together with the device id.',
  },
  StateUnreadable: {
    meaning: 'What the store held is no state: the client is at first contact.',
    advice: 'The server says again what it wants. See that nothing else writes there.',
  },
  PolicyNotKept: {
    meaning: 'The policy is too long to be stored with the state.',
    advice: 'After a restart `policy` gives null until the next exchange: keep it where it was put in force.',
  },
  RedirectNotFollowed: {
    meaning: 'The server sent the client to a place where it does not go by itself.',
    advice: 'Agree to it in `followRedirect`, or give the new place as `url`.',
  },
} as const satisfies Record<ClientWarning['kind'], { readonly meaning: string; readonly advice: string }>;
