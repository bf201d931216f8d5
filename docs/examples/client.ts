/** A whole client: `node client.js URL USER PASSWORD STATE_FILE` asks for the folders, and provisions if it has to. */
import { open, readFile, rename } from 'node:fs/promises';
import { createProvisioningClient } from 'eas-provisioning';
import { warnings } from 'eas-provisioning/client';
import type { PolicyData } from 'eas-provisioning/codec';

const [url = '', user = '', password = '', stateFile = 'state.json'] = process.argv.slice(2);

const client = createProvisioningClient({
  url,
  user,
  password,
  device: { id: 'EXAMPLE0001', type: 'Example' },
  applyPolicy,
  store: {
    load: () => readFile(stateFile, 'utf8').catch(() => null),
    async save(data) {
      const file = await open(`${stateFile}.new`, 'w', 0o600);
      try {
        await file.writeFile(data);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${stateFile}.new`, stateFile);
    },
  },
  observe({ n, command, policyKey, httpStatus, state }) {
    console.log(`${n}. ${command} key=${policyKey} ${httpStatus} ${state.name}`);
  },
  warn({ kind }) {
    console.error(`${kind}: ${warnings[kind].meaning} ${warnings[kind].advice}`);
  },
});

const outcome = await client.run({
  name: 'FolderSync',
  document: { name: 'FolderHierarchy:FolderSync', content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }] },
});

if (outcome.kind === 'Answered') {
  console.log(`answered ${outcome.status} under key ${outcome.policyKey}${outcome.repeated ? ', repeated' : ''}`);
} else if (outcome.kind === 'Wiped') {
  console.log(`wiped: ${outcome.scope}`);
} else {
  const { name, meaning, move } = outcome.explanation;
  console.error(`${outcome.kind}: ${name}. ${meaning} Next move: ${move}.`);
  process.exitCode = 1;
}

/** A real device puts the policy in force here, and says how far: 1 fully, 2 partly, 3 not, 4 managed by others. */
function applyPolicy(policy: PolicyData): 1 | 3 {
  console.log('policy', JSON.stringify(policy));
  return typeof policy === 'object' ? 1 : 3;
}
