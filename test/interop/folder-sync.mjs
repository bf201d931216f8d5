import { wbxml } from 'eas-provisioning/codec';
import { composeRequest } from 'eas-provisioning/http';

/** What a client sends first: it has no folders yet. */
export const initialFolderSync = {
  name: 'FolderHierarchy:FolderSync',
  content: [{ name: 'FolderHierarchy:SyncKey', content: '0' }],
};

/**
 * FolderSync under a policy key, sent apart from any client: what the server itself makes of the key. Resolves to
 * `{ status, folders }`, the HTTP status and the names of the folders, null for an answer that lists none.
 */
export async function folderSync(url, { user, password }, device, protocolVersion, policyKey, form = 'plain') {
  const request = valid(
    composeRequest(url, {
      form,
      command: 'FolderSync',
      protocolVersion,
      policyKey,
      user,
      deviceId: device.id,
      deviceType: device.type,
      body: valid(wbxml.encode(initialFolderSync)),
    }),
  );
  const response = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, Authorization: `Basic ${btoa(`${user}:${password}`)}` },
    body: request.body,
    signal: AbortSignal.timeout(30_000),
  });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, folders: response.ok && body.length > 0 ? foldersIn(body) : null };
}

function foldersIn(body) {
  const root = valid(wbxml.decode(body));
  const [status] = childrenOf(root, 'Status');
  if (status?.content !== '1') return null;
  return childrenOf(root, 'Changes')
    .flatMap((changes) => childrenOf(changes, 'Add'))
    .flatMap((add) => childrenOf(add, 'DisplayName'))
    .map(({ content }) => content);
}

function childrenOf({ content }, name) {
  return Array.isArray(content) ? content.filter((child) => child.name === `FolderHierarchy:${name}`) : [];
}

function valid(result) {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
