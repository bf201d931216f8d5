/**
 * WBXML against the platform's JSON on the same tree: a Provision response with every element of EASProvisionDoc.
 */
import assert from 'node:assert/strict';
import { wbxml } from 'eas-provisioning/codec';
import { compare } from './compare.mjs';

/** One row per comparison: `ratio` is ours divided by JSON's time, the median over all rounds. */
export async function results() {
  const bytes = encoded(response);
  const json = JSON.stringify(response);
  assert.deepEqual(wbxml.decode(bytes), { ok: true, value: response });
  assert.deepEqual(JSON.parse(json), response);
  return [
    compare(
      'wbxml decode / JSON.parse',
      0.6,
      () => decoded(bytes).content.length,
      () => JSON.parse(json).content.length,
    ),
    compare(
      'wbxml encode / JSON.stringify',
      1.0,
      () => encoded(response).length,
      () => JSON.stringify(response).length,
    ),
  ];
}

function encoded(tree) {
  const result = wbxml.encode(tree);
  assert(result.ok);
  return result.value;
}

function decoded(bytes) {
  const result = wbxml.decode(bytes);
  assert(result.ok);
  return result.value;
}

function provision(tag, content) {
  return { name: `Provision:${tag}`, content };
}

const settings = {
  DevicePasswordEnabled: '1',
  AlphanumericDevicePasswordRequired: '1',
  PasswordRecoveryEnabled: '0',
  RequireStorageCardEncryption: '1',
  AttachmentsEnabled: '1',
  MinDevicePasswordLength: '8',
  MaxInactivityTimeDeviceLock: '900',
  MaxDevicePasswordFailedAttempts: '8',
  MaxAttachmentSize: '10485760',
  AllowSimpleDevicePassword: '0',
  DevicePasswordExpiration: '90',
  DevicePasswordHistory: '5',
  AllowStorageCard: '1',
  AllowCamera: '1',
  RequireDeviceEncryption: '1',
  AllowUnsignedApplications: '0',
  AllowUnsignedInstallationPackages: '0',
  MinDevicePasswordComplexCharacters: '3',
  AllowWiFi: '1',
  AllowTextMessaging: '1',
  AllowPOPIMAPEmail: '0',
  AllowBluetooth: '2',
  AllowIrDA: '0',
  RequireManualSyncWhenRoaming: '1',
  AllowDesktopSync: '1',
  MaxCalendarAgeFilter: '4',
  AllowHTMLEmail: '1',
  MaxEmailAgeFilter: '3',
  MaxEmailBodyTruncationSize: '-1',
  MaxEmailHTMLBodyTruncationSize: '-1',
  RequireSignedSMIMEMessages: '0',
  RequireEncryptedSMIMEMessages: '0',
  RequireSignedSMIMEAlgorithm: '0',
  RequireEncryptionSMIMEAlgorithm: '0',
  AllowSMIMEEncryptionAlgorithmNegotiation: '2',
  AllowSMIMESoftCerts: '1',
  AllowBrowser: '1',
  AllowConsumerEmail: '0',
  AllowRemoteDesktop: '1',
  AllowInternetSharing: '0',
};
const inROM = ['calculator.exe', 'browser.exe', 'messenger.exe'];
const hashes = [
  '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  'de9f2c7fd25e1b3afad3e85a0bd17d9b100db4b3',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
];

const response = provision('Provision', [
  { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Status', content: '1' }] },
  provision('Status', '1'),
  provision('Policies', [
    provision('Policy', [
      provision('PolicyType', 'MS-EAS-Provisioning-WBXML'),
      provision('Status', '1'),
      provision('PolicyKey', '1307199584'),
      provision('Data', [
        provision('EASProvisionDoc', [
          ...Object.entries(settings).map(([tag, value]) => provision(tag, value)),
          provision(
            'UnapprovedInROMApplicationList',
            inROM.map((name) => provision('ApplicationName', name)),
          ),
          provision(
            'ApprovedApplicationList',
            hashes.map((hash) => provision('Hash', hash)),
          ),
        ]),
      ]),
    ]),
  ]),
]);
