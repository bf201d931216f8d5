import { fileURLToPath } from 'node:url';
import { run, start } from './processes.mjs';
import { expect } from './report.mjs';

/** `eas-provisioning provision URL ... --json`: `{ code, printed, said }`, the exit code, the object, and both in short. */
export async function provision(url, { user, password }, device, options = []) {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [cli, 'provision', url, '--user', user, '--password', password, ...identityOf(device), ...options, '--json'],
    { limit: 60_000 },
  );
  expect(code !== null, `provision did not end: ${stdout}${stderr}`);
  expect(!`${stdout}${stderr}`.includes(password), 'provision prints the password');
  const printed = parsed(stdout, stderr);
  return { code, printed, said: `exit code ${code}, ${story(printed)}${stderr}` };
}

/** `eas-provisioning serve` on any free port: `{ url, output, stop }`. */
export async function serve({ user, password }, options = []) {
  const accounts = ['--user', `${user}:${password}`];
  const { said, output, stop } = await start(process.execPath, [cli, 'serve', '--port', '0', ...accounts, ...options], {
    ready: /^http:\/\/\S+$/m,
    limit: 10_000,
  });
  return { url: said[0], output, stop };
}

const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

function identityOf({ id, type }) {
  return ['--device-id', id, '--device-type', type];
}

function parsed(stdout, stderr) {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`provision printed no JSON: ${stdout}${stderr}`);
  }
}

/** A line for each step. */
function story({ outcome, steps }) {
  const lines = steps.map(
    ({ n, command, policyKey, httpStatus, statuses }) =>
      `${n} ${command} under ${policyKey}: HTTP ${httpStatus} ${JSON.stringify(statuses)}\n`,
  );
  return `${JSON.stringify(outcome)}\n${lines.join('')}`;
}
