import { createProvisioningClient } from 'eas-provisioning/client';
import { initialFolderSync } from './folder-sync.mjs';
import { account } from './horde-server.mjs';
import { expect } from './report.mjs';

/**
 * One client that lives on while the server forgets every key: three commands at once provision once, and the next
 * command after the loss does so again.
 */
export async function outlivesItsKey(server, device, queryForm) {
  const { url, administer } = await server();
  const sent = [];
  const client = createProvisioningClient({
    url,
    ...account,
    device,
    protocolVersion: '14.1',
    queryForm,
    applyPolicy: () => 1,
    observe: ({ command }) => sent.push(command),
  });
  const runFolderSync = () => client.run({ name: 'FolderSync', document: initialFolderSync });

  const first = await Promise.all([runFolderSync(), runFolderSync(), runFolderSync()]);
  const keys = new Set(first.map(({ kind, repeated, policyKey }) => `${kind} ${repeated} ${policyKey}`));
  expect(keys.size === 1 && first[0].kind === 'Answered', `three at once: ${[...keys]}`);
  expect(count(sent, 'Provision') === 2, `three at once sent ${sent}`);

  await administer('resetkeys');
  const { kind, policyKey } = await runFolderSync();
  expect(kind === 'Answered' && policyKey !== first[0].policyKey, `after the loss: ${kind} under ${policyKey}`);
  expect(count(sent, 'Provision') === 4, `after the loss it had sent ${sent}`);
  return 'three commands at once in one exchange, a second exchange after the server forgot the key';
}

function count(list, item) {
  return list.filter((other) => other === item).length;
}
