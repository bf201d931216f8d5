import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * The id of the device that this host is for a user: the same in every run, another for every host and user, and
 * nothing of either to be read in it (MS-ASHTTP 2.2.1.1.1.2.3).
 */
export function deviceIdFor(user: string, host: string = hostname()): string {
  return createHash('sha256')
    .update(JSON.stringify([host, user]))
    .digest('hex')
    .slice(0, 32);
}
