import { createProvisioningClient } from 'eas-provisioning/client';
import { openRecorder } from '../../dist/src/cli/recorder.js';
import { initialFolderSync } from './folder-sync.mjs';

/**
 * A device that lives on: `{ client, folderSync, sent }`. It applies every policy with `device.applies`, which may be
 * changed, and says yes to every wipe. `sent` names what it sent, in order; all of it goes into `record`.
 */
export function createDevice(url, account, device, { protocolVersion, queryForm = 'plain', record }) {
  const sent = [];
  const note = openRecorder(record, 'interop', (text) => sent.push(text));
  const living = {
    applies: 1,
    wiped: 0,
    sent,
    client: createProvisioningClient({
      url,
      ...account,
      device,
      protocolVersion,
      queryForm,
      applyPolicy: () => living.applies,
      confirmWipe: () => true,
      wipe() {
        living.wiped += 1;
      },
      observe({ command, httpStatus, statuses, url: target, ...seen }) {
        sent.push(`${command} ${httpStatus} ${JSON.stringify(statuses)}`);
        if (httpStatus === null) return;
        note(
          {
            method: command === 'OPTIONS' ? 'OPTIONS' : 'POST',
            url: target,
            headers: seen.requestHeaders,
            body: seen.request,
          },
          { status: httpStatus, headers: seen.responseHeaders, body: seen.response },
        );
      },
    }),
    folderSync: () => living.client.run({ name: 'FolderSync', document: initialFolderSync }),
    /** What it sent since it was last asked. */
    story: () => sent.splice(0).join(', '),
  };
  return living;
}

/** The key of a client, and the state. */
export async function standing({ client }) {
  const { name, context } = await client.state();
  return `${name} ${context.policyKey}`;
}
