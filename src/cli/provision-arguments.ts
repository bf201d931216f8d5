import { InvalidArgumentError } from 'commander';
import type { QueryForm } from '../client/index.js';

/** The forms of a query, as `--query` names them. */
export const queryForms = ['plain', 'base64'] as const satisfies readonly QueryForm[];

/** A number of tries, 0 to 100. */
export function retriesOf(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) throw new InvalidArgumentError('Expected 0 to 100.');
  return Number(text);
}
