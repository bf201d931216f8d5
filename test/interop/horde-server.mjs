import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, run, start } from './processes.mjs';
import { expect } from './report.mjs';

/** The one that its backend (`peers/horde/bootstrap.php`) knows. */
export const account = { user: 'lab', password: 'labpass' };

/**
 * `provisioning` is `force`, `loose` or `none`, `name` that of the state it keeps. Resolves to `{ url,
 * administer, changePolicy }`: its address, its administration of a device, or of all, which tells how they stand, and
 * that of its policy.
 */
export async function startHorde(provisioning, scratch, name = provisioning) {
  const port = await freePort();
  const env = { HORDE_STATE: join(scratch, `horde-${name}`), HORDE_PROVISIONING: provisioning };
  await start(script('start'), [String(port)], { ready: /Development Server .* started/, limit: 60_000, env });
  return {
    url: `http://127.0.0.1:${port}/Microsoft-Server-ActiveSync`,
    async administer(verb, { id } = { id: '' }) {
      const { code, stdout, stderr } = await run('php', [script('admin.php'), verb, id], { limit: 30_000, env });
      expect(code === 0 && stdout.startsWith(id), `admin.php ${verb}: exit code ${code}: ${stdout}${stderr}`);
      return stdout.trim();
    },
    /** Another policy, and every key taken back. */
    async changePolicy(length) {
      const { code, stdout, stderr } = await run('php', [script('admin.php'), 'policy', String(length)], {
        limit: 30_000,
        env,
      });
      expect(code === 0, `admin.php policy: exit code ${code}: ${stdout}${stderr}`);
    },
  };
}

function script(name) {
  return fileURLToPath(new URL(`./peers/horde/${name}`, import.meta.url));
}
