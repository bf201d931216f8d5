import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, run, start } from './processes.mjs';
import { expect } from './report.mjs';

/** The one that its backend (`peers/horde/bootstrap.php`) knows. */
export const account = { user: 'lab', password: 'labpass' };

/** Resolves to `{ url, administer }`: its address, and its administration of a device, or of all, which tells how they stand. */
export async function startHorde(provisioning, scratch) {
  const port = await freePort();
  const env = { HORDE_STATE: join(scratch, `horde-${provisioning}`), HORDE_PROVISIONING: provisioning };
  await start(script('start'), [String(port)], { ready: /Development Server .* started/, limit: 60_000, env });
  return {
    url: `http://127.0.0.1:${port}/Microsoft-Server-ActiveSync`,
    async administer(verb, { id } = { id: '' }) {
      const { code, stdout, stderr } = await run('php', [script('admin.php'), verb, id], { limit: 30_000, env });
      expect(code === 0 && stdout.startsWith(id), `admin.php ${verb}: exit code ${code}: ${stdout}${stderr}`);
      return stdout.trim();
    },
  };
}

function script(name) {
  return fileURLToPath(new URL(`./peers/horde/${name}`, import.meta.url));
}
