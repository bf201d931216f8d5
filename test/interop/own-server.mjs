import { readFile } from 'node:fs/promises';
import { createProvisioningServer, toNodeListener } from 'eas-provisioning/server';
import { listen } from '../../dist/src/cli/listen.js';
import { openRecorder } from '../../dist/src/cli/recorder.js';
import { referenceHost } from '../../dist/src/cli/reference-host.js';

/**
 * Our server in this process, so that its policy can be changed at any moment: `{ url, seen, policy, stop }`. `policy` may
 * be replaced; null is none. `when` is told of each exchange before it is answered.
 */
export async function startOwnServer({ user, password }, { policy, record, when = () => {} }) {
  const seen = [];
  const note = openRecorder(record, 'interop', (text) => process.stderr.write(text));
  const own = { policy, seen };
  const server = createProvisioningServer({
    authenticate: ({ basic }) => (basic?.user === user && basic.password === password ? user : null),
    policyFor: () => own.policy,
    commands: referenceHost,
    observe(exchange) {
      seen.push({ ...exchange });
      when(exchange, own);
    },
  });
  const recorded = {
    ...server,
    async handle(request) {
      const response = await server.handle(request);
      note(request, response);
      return response;
    },
  };
  const { url, close } = await listen(toNodeListener(recorded), { host: '127.0.0.1', port: 0 });
  return Object.assign(own, { url, stop: () => close(1000) });
}

/** What happened to a device, in order: commands, what was refused them and what came of them. */
export function storyOf({ seen }) {
  return seen
    .filter(({ command }) => command !== null)
    .map(({ command, events, reason }) => [command, ...events, ...(reason === null ? [] : [reason])].join(' '))
    .join(', ');
}

/** The policies of `policy.json` that a change goes between. */
export async function twoPolicies() {
  const policy = JSON.parse(await readFile(new URL('./policy.json', import.meta.url), 'utf8'));
  return [policy, { ...policy, MinDevicePasswordLength: 8 }];
}
