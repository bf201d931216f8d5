import type { CommandInput } from '../../../src/client/command.js';
import type { ProvisioningClientOptions } from '../../../src/client/index.js';
import { type VirtualClock, virtualClock } from './clock.js';
import { createPeer, type Peer, type PeerOptions } from './peer.js';

export const folderSync: CommandInput = {
  name: 'FolderSync',
  document: {
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
  },
};

export interface World {
  readonly peer: Peer;
  readonly clock: VirtualClock;
  readonly options: ProvisioningClientOptions;
}

/** A client's options, the server it talks to and the time it lives in. */
export function world(peerOptions: PeerOptions = {}, options: Partial<ProvisioningClientOptions> = {}): World {
  const peer = createPeer(peerOptions);
  const clock = virtualClock();
  return {
    peer,
    clock,
    options: {
      url: 'https://mail.example.com',
      user: 'alice',
      authorization: 'Bearer token',
      device: { id: 'ASPROV0001', type: 'SmartPhone' },
      protocolVersion: '14.1',
      applyPolicy: () => 1,
      transport: peer.transport,
      clock,
      random: () => 1,
      ...options,
    },
  };
}
