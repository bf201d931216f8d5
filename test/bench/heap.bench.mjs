/** What a hundred thousand provisioned devices weigh in the in-memory store, each provisioned through the handler. */
import assert from 'node:assert/strict';
import { createProvisioningServer } from 'eas-provisioning';
import { provisionRequest, provisionResponse } from 'eas-provisioning/codec';
import { createMemoryStore } from 'eas-provisioning/server';

const DEVICES = 100_000;
const LIMIT = 300;
const policyType = 'MS-EAS-Provisioning-WBXML';
const policy = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 };
const asked = bytesOf(provisionRequest.encode({ policies: [{ policyType }] }));

export async function results() {
  assert(globalThis.gc, 'run with --expose-gc');
  const store = createMemoryStore();
  const server = createProvisioningServer({
    authenticate: ({ authorization }) => authorization,
    policyFor: () => policy,
    commands: () => ({ status: 200 }),
    store,
  });
  for (let index = 0; index < 5000; index++) await provision(server, `warm${index}`);
  const [before, known] = [heap(), store.size];
  for (let index = 0; index < DEVICES; index++) await provision(server, `user${index}@example.test`);
  assert.equal(store.size - known, DEVICES);
  const bytes = (heap() - before) / DEVICES;
  const name = `heap of ${DEVICES} device records, bytes each`;
  return [{ name, ratio: bytes, limit: LIMIT, ok: bytes <= LIMIT, detail: '' }];
}

async function provision(server, user) {
  const send = (command, key, body) => server.handle(requestOf(command, user, key, body));
  const temporary = keyIn(await send('Provision', '0', asked));
  const acknowledged = { policies: [{ policyType, policyKey: temporary, status: 1 }] };
  const key = keyIn(await send('Provision', temporary, bytesOf(provisionRequest.encode(acknowledged))));
  const { status, body } = await send('FolderSync', key, new Uint8Array());
  assert.deepEqual([status, body.length], [200, 0]);
}

function requestOf(command, user, key, body) {
  const url = `/Microsoft-Server-ActiveSync?Cmd=${command}&User=u&DeviceId=0123456789ABCDEF&DeviceType=SmartPhone`;
  const headers = { authorization: user, 'ms-asprotocolversion': '14.0', 'x-ms-policykey': key };
  return { method: 'POST', url, headers, body };
}

function keyIn({ body }) {
  return bytesOf(provisionResponse.decode(body)).policies[0].policyKey;
}

function bytesOf(result) {
  assert(result.ok);
  return result.value;
}

function heap() {
  for (let round = 0; round < 3; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
