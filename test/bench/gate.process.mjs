/** Two servers that take in a FolderSync and answer it: ours, and one that knows nothing but the bytes. */
import { createServer } from 'node:http';
import { createProvisioningServer, toNodeListener } from 'eas-provisioning';
import { provisionRequest, provisionResponse, wbxml } from 'eas-provisioning/codec';

const path = '/Microsoft-Server-ActiveSync';
const authorization = `Basic ${btoa('user@example.test:secret')}`;
const folderSync = bytesOf(
  wbxml.encode({ name: 'FolderHierarchy:FolderSync', content: [{ name: 'FolderHierarchy:SyncKey', content: '1' }] }),
);
const answer = bytesOf(
  wbxml.encode({
    name: 'FolderHierarchy:FolderSync',
    content: [
      { name: 'FolderHierarchy:Status', content: '1' },
      { name: 'FolderHierarchy:SyncKey', content: '1' },
      { name: 'FolderHierarchy:Changes', content: [{ name: 'FolderHierarchy:Count', content: '0' }] },
    ],
  }),
);
const wbxmlHeaders = { 'Content-Type': 'application/vnd.ms-sync.wbxml' };
const policy = { DevicePasswordEnabled: true, MinDevicePasswordLength: 6 };

const server = createProvisioningServer({
  authenticate: ({ basic }) => (basic?.password === 'secret' ? basic.user : null),
  policyFor: () => policy,
  commands: () => ({ headers: wbxmlHeaders, body: answer }),
});
const key = await provisioned();
const same = await server.handle(requestOf('FolderSync', key, folderSync));
const bare = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (!Buffer.concat(chunks).equals(folderSync)) throw new Error('another body than was sent');
    response.writeHead(200, { ...same.headers, 'Content-Length': String(same.body.length) });
    response.end(same.body);
  });
});
const ours = createServer(toNodeListener(server));
const ports = await Promise.all([ours, bare].map(listen));
process.send({
  ours: ports[0],
  bare: ports[1],
  request: wireOf(requestOf('FolderSync', key, folderSync)).toString('latin1'),
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});

async function provisioned() {
  const policyType = 'MS-EAS-Provisioning-WBXML';
  const first = { deviceInformation: { Model: 'Bench' }, policies: [{ policyType }] };
  const temporary = await keyOf(first, '0');
  return keyOf({ policies: [{ policyType, policyKey: temporary, status: 1 }] }, temporary);
}

async function keyOf(message, presented) {
  const { body } = await server.handle(requestOf('Provision', presented, bytesOf(provisionRequest.encode(message))));
  return bytesOf(provisionResponse.decode(body)).policies[0].policyKey;
}

function requestOf(command, policyKey, body) {
  const url = `${path}?Cmd=${command}&User=user%40example.test&DeviceId=BENCH00000000001&DeviceType=SmartPhone`;
  const headers = {
    Host: 'localhost',
    Authorization: authorization,
    'MS-ASProtocolVersion': '14.1',
    'X-MS-PolicyKey': policyKey,
    'Content-Type': 'application/vnd.ms-sync.wbxml',
    'User-Agent': 'Bench/1.0',
  };
  return { method: 'POST', url, headers, body };
}

function wireOf({ method, url, headers, body }) {
  const fields = Object.entries({ ...headers, 'Content-Length': body.length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(`${method} ${url} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`), body]);
}

function listen(http) {
  return new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(http.address().port)));
}

function bytesOf(result) {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
