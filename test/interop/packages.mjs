import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';

/** What each peer needs of Debian: the package, and the command by which it is found where there is one. */
export const packages = {
  horde: [
    ['php-cli', 'php'],
    ['php-sqlite3'],
    ['php-xml'],
    ['php-mbstring'],
    ['php-horde-activesync'],
    ['php-horde-db'],
    ['php-horde-controller'],
    ['php-horde-rpc'],
  ],
  thunderbird: [
    ['python3', 'python3'],
    ['thunderbird', 'thunderbird'],
  ],
  codecOracle: [
    ['python3', 'python3'],
    ['libwbxml2-utils', 'wbxml2xml'],
    ['tshark', 'tshark'],
  ],
};

/** Installs what is missing of a peer. Resolves to null, or to the reason for which it cannot be had. */
export async function install(needed, note) {
  const missing = [];
  for (const [name, command] of needed) {
    if (command === undefined ? (await installedVersion(name)) === null : !isCommand(command)) missing.push(name);
  }
  if (missing.length === 0) return null;
  const without = `${missing.join(', ')} not installed`;
  if (!isCommand('apt-get')) return `${without}, and no apt-get here`;
  if (process.getuid?.() !== 0) return `${without}, and not root`;
  note(`installing ${missing.join(' ')} ...`);
  await update();
  const { code, stderr } = await apt(['install', '-y', '--no-install-recommends', ...missing], installLimit);
  return code === 0 ? null : `${without}: ${lastLine(stderr)}`;
}

/**
 * Downloads a package that is not to be installed and unpacks it into `folder`. Resolves to `{ version, reason }`, one
 * of them null.
 */
export async function unpack(name, folder, note) {
  if (!isCommand('apt-get') || !isCommand('dpkg')) return { version: null, reason: `no apt-get here for ${name}` };
  note(`downloading ${name} ...`);
  let downloaded = await download(name, folder);
  if (downloaded.code !== 0 && process.getuid?.() === 0) {
    await update();
    downloaded = await download(name, folder);
  }
  const file = readdirSync(folder).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
  if (file === undefined) return { version: null, reason: `${name} not downloaded: ${lastLine(downloaded.stderr)}` };
  const { code, stderr } = await run('dpkg', ['-x', join(folder, file), folder], { limit: 60_000 });
  if (code !== 0) return { version: null, reason: `${name} not unpacked: ${lastLine(stderr)}` };
  return { version: decodeURIComponent(file.split('_')[1]), reason: null };
}

/** The packages among `names` that are installed, each with its version. */
export async function versionsOf(names) {
  const installed = await Promise.all(names.map(installedVersion));
  return names.map((name, index) => `${name} ${installed[index] ?? 'not from a package'}`).join(', ');
}

const installLimit = 15 * 60_000;

let updated;

/** Once a run. */
function update() {
  updated ??= apt(['update'], 5 * 60_000);
  return updated;
}

function download(name, folder) {
  return apt(['download', name], 5 * 60_000, folder);
}

function apt(parameters, limit, cwd) {
  const options = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'APT::Sandbox::User=root'];
  return run('apt-get', [...options, ...parameters], { limit, cwd, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}

async function installedVersion(name) {
  const { code, stdout } = await run('dpkg-query', ['--list', name], { limit: 10_000, env: { COLUMNS: '300' } });
  return (code === 0 && stdout.match(/^.i +\S+ +(\S+)/m)?.[1]) || null;
}

function isCommand(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) || 'no reason given';
}
