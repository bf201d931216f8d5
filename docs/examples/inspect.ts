/**
 * Client and server in one process, watched: `node inspect.js URL [MILLISECONDS]` makes a move every so often, and shows
 * each fact on the page behind URL, `ws://127.0.0.1:PORT/stately?token=TOKEN` as `eas-provisioning inspect` prints it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createProvisioningClient, createProvisioningServer, type EASProvisionDoc, toFetch } from 'eas-provisioning';
import { createProvisioningInspector } from 'eas-provisioning/inspect';

const [url = '', milliseconds = '2000'] = process.argv.slice(2);

// Keys are shown as K1, K2; `reveal: ['policyKeys', 'policy']` would show them, and the policy, as they are.
const inspector = createProvisioningInspector({ url });

let policy: EASProvisionDoc = { DevicePasswordEnabled: true };
const server = createProvisioningServer({
  authenticate: ({ basic }) => basic?.user ?? null,
  policyFor: () => policy,
  commands: () => ({ status: 200 }),
  inspect: inspector.server('server'),
});

const answer = toFetch(server);
const client = createProvisioningClient({
  url: 'http://server.example',
  user: 'anna',
  password: 'correct horse',
  device: { id: 'EXAMPLE0001', type: 'Example' },
  applyPolicy: () => 1,
  confirmWipe: () => true,
  wipe: () => {},
  transport: (address, init) => answer(new Request(address, init)),
  inspect: inspector.client('phone'),
});

const moves = {
  'a first command': () => {},
  'a stricter policy': () => {
    policy = { ...policy, MinDevicePasswordLength: 6 };
  },
  'a wipe': () => server.devices.wipe({ user: 'anna', deviceId: 'EXAMPLE0001' }, 'device'),
};

for (const [name, move] of Object.entries(moves)) {
  await pause(Number(milliseconds));
  await move();
  const outcome = await client.run({ name: 'FolderSync' });
  console.log(`${name}: ${outcome.kind}`);
}
await pause(Number(milliseconds));
inspector.stop();
