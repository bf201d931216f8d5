import { describe } from 'vitest';
import { createProvisioningClient, type ProvisioningClientOptions, type Transport } from '../../src/client/index.js';
import { provisionResponse } from '../../src/codec/index.js';
import { clientTarget } from './client.js';
import { shortRun } from './short-run.js';

describe('fuzz: client', () => {
  shortRun(clientTarget(), 60, [
    [
      'the Status of a Policy is not looked at',
      'a key is taken only where both statuses are 1',
      mutant(({ transport }) => transport && { transport: trusting(transport) }),
    ],
    ['a demand is followed for ever', 'requests are bounded', mutant(() => ({ limits: { cycles: 500 } }))],
    [
      'a wipe needs no consent',
      'nothing is wiped that was not confirmed',
      mutant(({ confirmWipe }) => ({
        async confirmWipe(scope) {
          await confirmWipe?.(scope);
          return true;
        },
      })),
    ],
    [
      'nobody minds the time',
      'every call ends',
      mutant(({ clock }) => clock && { clock: { ...clock, sleep: () => new Promise(() => {}) } }),
    ],
    [
      'a provision that fails throws',
      'throws nothing',
      clientTarget((options) => {
        const client = createProvisioningClient(options);
        return {
          ...client,
          async provision() {
            const outcome = await client.provision();
            if (outcome.kind === 'Failed') throw new Error(outcome.explanation.code);
            return outcome;
          },
        };
      }),
    ],
  ]);
});

function mutant(broken: (options: ProvisioningClientOptions) => Partial<ProvisioningClientOptions> | undefined) {
  return clientTarget((options) => createProvisioningClient({ ...options, ...broken(options) }));
}

/** The client sees a 1 in every Policy, whatever the server said. */
function trusting(transport: Transport): Transport {
  return async (url, init) => {
    const response = await transport(url, init);
    const message = provisionResponse.decode(new Uint8Array(await response.arrayBuffer()));
    if (!message.ok || !message.value.policies) return response;
    const policies = message.value.policies.map((policy) => ({ ...policy, status: 1 }));
    const body = provisionResponse.encode({ ...message.value, policies });
    return { ...response, arrayBuffer: async () => Uint8Array.from(body.ok ? body.value : []).buffer };
  };
}
