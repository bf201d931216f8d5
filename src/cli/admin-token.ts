import { UsageError } from './exit-code.js';
import type { Terminal } from './terminal.js';

/**
 * The token of the administration: an option, or `EAS_ADMIN_TOKEN` of the environment, where no list of processes
 * shows it.
 *
 * @throws UsageError, which never shows what was written.
 */
export function adminTokenOf(option: string | undefined, { env }: Pick<Terminal, 'env'>): string {
  const token = option ?? env.EAS_ADMIN_TOKEN;
  if (!token) throw new UsageError('a token is needed: --admin-token, or the environment variable EAS_ADMIN_TOKEN');
  if (!/^[\x21-\x7e]{1,512}$/.test(token))
    throw new UsageError('--admin-token: expected 1 to 512 visible ASCII characters');
  return token;
}
