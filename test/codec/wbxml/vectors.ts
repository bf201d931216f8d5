import type { Element } from '../../../src/protocol/element.js';
import { fromHex } from '../../support/hex.js';

/** A document, its bytes in canonical form, and the tree they say. */
export interface Vector {
  readonly bytes: Uint8Array;
  readonly tree: Element;
}

const policyType = provision('PolicyType', 'MS-EAS-Provisioning-WBXML');

/** Messages of MS-ASPROV 4 and their like, checked with three independent decoders; the last is a test of AOSP's. */
export const vectors: Readonly<Record<string, Vector>> = {
  'empty Provision': vector('03 01 6A 00 00 0E 05', provision('Provision', null)),
  'initial request 12.0-14.0': vector(
    `03 01 6A 00 00 0E 45 46 47 48 03 4D 53 2D 45 41 53 2D 50 72 6F 76 69 73 69 6F 6E 69 6E 67 2D 57 42 58 4D 4C 00 01
     01 01 01`,
    provision('Provision', [policies(policyType)]),
  ),
  'initial request 14.1+': vector(
    `03 01 6A 00 00 0E 45 00 12 56 48 57 03 54 65 73 74 4D 6F 64 65 6C 00 01 01 01 00 0E 46 47 48 03 4D 53 2D 45 41 53
     2D 50 72 6F 76 69 73 69 6F 6E 69 6E 67 2D 57 42 58 4D 4C 00 01 01 01 01`,
    provision('Provision', [
      settings('DeviceInformation', [settings('Set', [settings('Model', 'TestModel')])]),
      policies(policyType),
    ]),
  ),
  'initial response 14.1+': vector(
    `03 01 6A 00 00 0E 45 00 12 56 46 03 31 00 01 01 00 0E 4B 03 31 00 01 46 47 48 03 4D 53 2D 45 41 53 2D 50 72 6F 76
     69 73 69 6F 6E 69 6E 67 2D 57 42 58 4D 4C 00 01 4B 03 31 00 01 49 03 31 33 30 37 31 39 39 35 38 34 00 01 4A 4D 4E
     03 31 00 01 54 03 34 00 01 17 01 01 01 01 01`,
    provision('Provision', [
      settings('DeviceInformation', [settings('Status', '1')]),
      provision('Status', '1'),
      policies(
        policyType,
        provision('Status', '1'),
        provision('PolicyKey', '1307199584'),
        provision('Data', [
          provision('EASProvisionDoc', [
            provision('DevicePasswordEnabled', '1'),
            provision('MinDevicePasswordLength', '4'),
            provision('MaxAttachmentSize', null),
          ]),
        ]),
      ),
    ]),
  ),
  'policy acknowledgment': vector(
    `03 01 6A 00 00 0E 45 46 47 48 03 4D 53 2D 45 41 53 2D 50 72 6F 76 69 73 69 6F 6E 69 6E 67 2D 57 42 58 4D 4C 00 01
     49 03 31 33 30 37 31 39 39 35 38 34 00 01 4B 03 31 00 01 01 01 01`,
    provision('Provision', [policies(policyType, provision('PolicyKey', '1307199584'), provision('Status', '1'))]),
  ),
  'acknowledgment response': vector(
    `03 01 6A 00 00 0E 45 4B 03 31 00 01 46 47 48 03 4D 53 2D 45 41 53 2D 50 72 6F 76 69 73 69 6F 6E 69 6E 67 2D 57 42
     58 4D 4C 00 01 4B 03 31 00 01 49 03 33 39 34 32 39 31 39 35 31 33 00 01 01 01 01`,
    provision('Provision', [
      provision('Status', '1'),
      policies(policyType, provision('Status', '1'), provision('PolicyKey', '3942919513')),
    ]),
  ),
  'wipe directive': vector(
    '03 01 6A 00 00 0E 45 4B 03 31 00 01 0C 01',
    provision('Provision', [provision('Status', '1'), provision('RemoteWipe', null)]),
  ),
  'wipe acknowledgment': vector(
    '03 01 6A 00 00 0E 45 4C 4B 03 31 00 01 01 01',
    provision('Provision', [provision('RemoteWipe', [provision('Status', '1')])]),
  ),
  'account-only wipe directive, 16.1': vector(
    '03 01 6A 00 00 0E 45 4B 03 31 00 01 3B 01',
    provision('Provision', [provision('Status', '1'), provision('AccountOnlyRemoteWipe', null)]),
  ),
  'Provision Status 139': vector(
    '03 01 6A 00 00 0E 45 4B 03 31 33 39 00 01 01',
    provision('Provision', [provision('Status', '139')]),
  ),
  'FolderSync Status 142': vector('03 01 6A 00 00 07 56 4C 03 31 34 32 00 01 01', {
    name: 'FolderHierarchy:FolderSync',
    content: [{ name: 'FolderHierarchy:Status', content: '142' }],
  }),
  'Sync Status 1 (AOSP)': vector('03 01 6A 00 45 4E 03 31 00 01 01', {
    name: 'AirSync:Sync',
    content: [{ name: 'AirSync:Status', content: '1' }],
  }),
};

function vector(hex: string, tree: Element): Vector {
  return { bytes: fromHex(hex.replaceAll(/\s+/g, ' ')), tree };
}

function provision(tag: string, content: Element['content']): Element {
  return { name: `Provision:${tag}`, content };
}

function settings(tag: string, content: Element['content']): Element {
  return { name: `Settings:${tag}`, content };
}

function policies(...children: Element[]): Element {
  return provision('Policies', [provision('Policy', children)]);
}
