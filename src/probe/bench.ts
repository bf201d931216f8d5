/** What an attack has at hand in one version: fresh devices, and the administration where there is one. */
import type { WipeScope } from '../../machines/index.js';
import type { EASProvisionDoc } from '../protocol/policy.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { ProbeAdministration } from './administration.js';
import { ProbeDevice, type Site } from './device.js';
import { Untried } from './ports.js';

export interface Bench {
  readonly version: ProtocolVersion;
  /** All versions of the run, oldest first. */
  readonly versions: readonly ProtocolVersion[];
  /** A device that the server has never met, or a second one of the same id. */
  device(its?: { readonly id?: string; readonly type?: string }): ProbeDevice;
  /** Replaces the policy by one that differs in a flag, or in a length; it is put back after the try. */
  changePolicy(what: 'flag' | 'length'): Promise<void>;
  /** Orders a wipe of a device; the device is forgotten after the try. */
  orderWipe(device: ProbeDevice, scope: WipeScope): Promise<void>;
}

export interface BenchParts {
  readonly site: Site;
  readonly version: ProtocolVersion;
  readonly versions: readonly ProtocolVersion[];
  readonly administration: ProbeAdministration | null;
  newDeviceId(): string;
}

/** The bench, and how it is cleared: what could not be put back is said, nothing is thrown. */
export function openBench({ site, version, versions, administration, newDeviceId }: BenchParts) {
  const used = new Set<string>();
  let before: { readonly policy: EASProvisionDoc | null } | null = null;

  function administrator(): ProbeAdministration {
    if (administration === null) throw new Untried('there is no administration');
    return administration;
  }

  const bench: Bench = {
    version,
    versions,
    device({ id = newDeviceId(), type = 'Probe' } = {}) {
      used.add(id);
      return new ProbeDevice(site, version, id, type);
    },
    async changePolicy(what) {
      const policy = await administrator().readPolicy();
      if (policy === null) throw new Untried('the server has no policy that could change');
      before ??= { policy };
      await administrator().writePolicy(changed(policy, what));
    },
    orderWipe: (device, scope) => administrator().wipe(site.account.user, device.id, scope),
  };

  async function clear(): Promise<readonly string[]> {
    if (administration === null) return [];
    const left: string[] = [];
    const put = async (what: string, work: Promise<void>) => work.catch(() => void left.push(what));
    if (before) await put('the policy', administration.writePolicy(before.policy));
    for (const id of used) {
      for (const account of [site.account, site.secondAccount]) {
        if (account) await put(`device ${id} of ${account.user}`, administration.remove(account.user, id));
      }
    }
    return left;
  }

  return { bench, clear };
}

function changed(policy: EASProvisionDoc, what: 'flag' | 'length'): EASProvisionDoc {
  if (what === 'flag') return { ...policy, AllowHTMLEmail: policy.AllowHTMLEmail === false };
  return { ...policy, MinDevicePasswordLength: ((policy.MinDevicePasswordLength ?? 0) % 16) + 1 };
}
