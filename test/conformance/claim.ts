/** Requirements that can be checked by their wording: one pattern for many rows. */
import type { Requirement } from '../support/requirements.js';

export interface Claim {
  /** The claim in a few words. */
  readonly about: string;
  /** The summaries that it understands; what is named in it is handed to `check`. */
  readonly pattern: RegExp;
  /** Throws where the sources say otherwise. */
  check(named: Named, requirement: Requirement): void | Promise<void>;
  /** The device obeys, not the library: what is checked is that the value reaches the device as it was set. */
  readonly isObeyedByDevice?: true;
}

/** The named groups of a pattern. */
export type Named = (name: string) => string;

/** The one claim that understands a requirement, if there is one. */
export function claimFor(claims: readonly Claim[], { summary }: Requirement): Claim | undefined {
  const found = claims.filter(({ pattern }) => pattern.test(summary));
  if (found.length > 1) throw new Error(`two claims for: ${summary}`);
  return found[0];
}

export function checkClaim({ pattern, check }: Claim, requirement: Requirement): void | Promise<void> {
  const groups = pattern.exec(requirement.summary)?.groups ?? {};
  const named = (name: string) => {
    const text = groups[name];
    if (text === undefined) throw new Error(`${pattern} names no ${name}`);
    return text;
  };
  return check(named, requirement);
}
