/** A whole server: one user, one policy, FolderSync. `node server.js [port]` prints its URL, then each exchange. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createProvisioningServer, type EASProvisionDoc, type Element, toNodeListener } from 'eas-provisioning';

const passwords = new Map([['anna', 'correct horse']]);

const policy: EASProvisionDoc = {
  DevicePasswordEnabled: true,
  MinDevicePasswordLength: 6,
  MaxInactivityTimeDeviceLock: 300,
  AllowCamera: false,
};

const server = createProvisioningServer({
  authenticate({ basic }) {
    if (!basic) return null;
    return isSame(passwords.get(basic.user) ?? '', basic.password) && passwords.has(basic.user) ? basic.user : null;
  },
  policyFor: () => policy,
  commands: ({ command }) => (command === 'FolderSync' ? folders : { status: 501 }),
  observe({ command, policyKey, httpStatus, reason, events }) {
    console.log(command, `key=${policyKey}`, httpStatus, reason ?? '', ...events);
  },
});

const folders: Element = {
  name: 'FolderHierarchy:FolderSync',
  content: [
    { name: 'FolderHierarchy:Status', content: '1' },
    { name: 'FolderHierarchy:SyncKey', content: '1' },
    { name: 'FolderHierarchy:Changes', content: [{ name: 'FolderHierarchy:Count', content: '0' }] },
  ],
};

const listener = createServer(toNodeListener(server));
listener.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  const address = listener.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/Microsoft-Server-ActiveSync`);
});

/** Takes as long for a wrong password as for the right one. */
function isSame(expected: string, presented: string): boolean {
  return timingSafeEqual(digest(expected), digest(presented));
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
