/** The administration of a server of ours, over its HTTP interface (`docs/administration.md`). */
import type { WipeScope } from '../../machines/index.js';
import { type EASProvisionDoc, validatePolicyTypes } from '../protocol/policy.js';
import { type AdministrationAccess, type ProbeTransport, Untried } from './ports.js';

/** What attacks need of it; whatever it refuses ends the try. */
export interface ProbeAdministration {
  readPolicy(): Promise<EASProvisionDoc | null>;
  writePolicy(policy: EASProvisionDoc | null): Promise<void>;
  wipe(user: string, deviceId: string, scope: WipeScope): Promise<void>;
  /** Forgets a device with all that stands ordered; it does not matter whether it was known. */
  remove(user: string, deviceId: string): Promise<void>;
}

export function administrationOver(
  transport: ProbeTransport,
  { url, token }: AdministrationAccess,
): ProbeAdministration {
  const base = url.endsWith('/') ? url : `${url}/`;

  async function ask(method: string, path: string, content?: unknown, alsoFine?: number): Promise<unknown> {
    const body = content === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(content));
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(content !== undefined && { 'Content-Type': 'application/json' }),
    };
    const answer = await transport({ method, url: `${base}${path}`, headers, body }).catch((error: unknown) => {
      throw new Untried(`the administration does not answer: ${error instanceof Error ? error.message : error}`);
    });
    if (answer.status === alsoFine) return null;
    if (answer.status !== 200)
      throw new Untried(`the administration answers HTTP ${answer.status} to ${method} ${path}`);
    return parsed(answer.body);
  }

  const device = (user: string, deviceId: string) => `devices/${encodeURIComponent(user)}/${deviceId}`;
  return {
    async readPolicy() {
      const value = await ask('GET', 'policy');
      if (value === null) return null;
      const policy = validatePolicyTypes(value);
      if (!policy.ok) throw new Untried(`the policy of the administration: ${policy.error.message}`);
      return policy.value;
    },
    async writePolicy(policy) {
      await ask('PUT', 'policy', policy);
    },
    async wipe(user, deviceId, scope) {
      await ask('POST', `${device(user, deviceId)}/wipe`, { scope });
    },
    async remove(user, deviceId) {
      await ask('DELETE', device(user, deviceId), undefined, 404);
    },
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new Untried('the administration does not answer in JSON');
  }
}
