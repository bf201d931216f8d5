import { expect, test } from 'vitest';
import { draftIn } from '../../src/client/draft.js';

const owner = { user: 'alice', device: { id: 'ASPROV0001', type: 'SmartPhone', information: {} } };
const fields = { protocolVersion: '14.1', command: 'FolderSync', body: new Uint8Array() } as const;

test('a request without a key has none in either form', () => {
  for (const form of ['plain', 'base64'] as const)
    expect(draftIn(form, owner, { ...fields, policyKey: null })).toMatchObject({ form, policyKey: null });
});

test('a key is sent as the server spelled it, in the base64 form as the number that it is', () => {
  const keyIn = (form: 'plain' | 'base64') => draftIn(form, owner, { ...fields, policyKey: '0012' }).policyKey;
  expect([keyIn('plain'), keyIn('base64')]).toEqual(['0012', '12']);
});

test('a draft names the user and the device, and its own parameters', () => {
  expect(draftIn('base64', owner, { ...fields, policyKey: '7' }, { AttachmentName: 'a' })).toMatchObject({
    user: 'alice',
    deviceId: 'ASPROV0001',
    deviceType: 'SmartPhone',
    parameters: { AttachmentName: 'a' },
  });
});
