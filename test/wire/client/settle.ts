/** A device that agreed on a policy before the chapter begins: in the way every device does. */
import { createProvisioningClient, type ProvisioningClientOptions } from '../../../src/client/index.js';
import { provisionResponse, wbxml } from '../../../src/codec/index.js';
import type { ProvisionResponseMessage } from '../../../src/protocol/provision.js';
import { protocolVersions } from '../../../src/protocol/version.js';
import { unwrap } from '../../support/device.js';

/** Fills the store of the options: an exchange that ended with the key, and a command that passed under it. */
export async function settle(options: ProvisioningClientOptions, policyKey: string): Promise<void> {
  const { policyType } = protocolVersions[options.protocolVersion ?? '14.1'];
  const data = policyType === 'MS-WAP-Provisioning-XML' ? '<wap-provisioningdoc/>' : {};
  const answers = [
    answer({ status: 1, policies: [{ policyType, status: 1, policyKey: '11', data }] }),
    answer({ status: 1, policies: [{ policyType, status: 1, policyKey }] }),
    unwrap(wbxml.encode({ name: 'FolderHierarchy:FolderSync', content: null })),
  ];
  const transport = async () => new Response(Uint8Array.from(answers.shift() ?? []));
  const device = createProvisioningClient({ ...options, applyPolicy: () => 1, transport });
  await device.provision();
  await device.run({ name: 'FolderSync' });
  if (answers.length > 0) throw new Error('the device did not settle');
}

function answer(message: ProvisionResponseMessage): Uint8Array {
  return unwrap(provisionResponse.encode(message));
}
