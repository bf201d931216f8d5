import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookOf } from '../../src/cli/look.js';
import { elementLines, policyTable, valueText } from '../../src/cli/policy-table.js';
import { referencePolicy } from '../../src/cli/reference-policy.js';
import { wapPolicy } from '../../src/codec/xml/index.js';
import { type EASProvisionDoc, policyElementNames, policyElements, validatePolicy } from '../../src/protocol/policy.js';
import { anyPolicy } from '../support/arbitraries/policy.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const shown = async (document: EASProvisionDoc | string) =>
  (await policyTable(document, plain)).map((line) => line.replace(/ +/g, ' '));

test('the policy that is handed out by default may be handed out, and asks for something with every element', async () => {
  expect(validatePolicy(referencePolicy).ok).toBe(true);
  expect(await shown(referencePolicy)).toHaveLength(Object.keys(referencePolicy).length);
});

test('values stand with their unit or their meaning', async () => {
  expect(
    await shown({
      MaxInactivityTimeDeviceLock: 900,
      AllowBluetooth: 1,
      AllowCamera: false,
      UnapprovedInROMApplicationList: ['a.exe', 'b.exe'],
    }),
  ).toEqual([
    'MaxInactivityTimeDeviceLock 900 seconds',
    'AllowCamera false',
    'AllowBluetooth 1 (hands-free profiles only)',
    'UnapprovedInROMApplicationList a.exe, b.exe',
  ]);
});

test('nothing is shown that asks for nothing: absent, empty, permissive or without the password it depends on', async () => {
  const permissive = Object.fromEntries(policyElementNames.map((name) => [name, policyElements[name].ifAbsent]));
  const nothing = ['nothing: every element is at its most permissive'];
  expect(await shown({})).toEqual(nothing);
  expect(await shown(permissive)).toEqual(nothing);
  expect(await shown({ MinDevicePasswordLength: 8, ApprovedApplicationList: [] })).toEqual(nothing);
  expect(await shown({ DevicePasswordEnabled: true, MinDevicePasswordLength: 8 })).toHaveLength(2);
});

test('elements that are named are shown whatever they ask', () => {
  const policy = { AllowCamera: true, MaxAttachmentSize: null, ApprovedApplicationList: [] };
  expect(elementLines(['AllowCamera', 'MaxAttachmentSize', 'ApprovedApplicationList'], policy, plain)).toEqual([
    'AllowCamera              true',
    'MaxAttachmentSize        empty',
    'ApprovedApplicationList  empty',
  ]);
  expect(elementLines([], policy, plain)).toEqual([]);
  expect(valueText('AllowCamera', undefined)).toBe('absent');
  expect(valueText('MaxEmailAgeFilter', 9)).toBe('9 (not defined)');
});

test('the document of 2.5 is shown as what it asks', async () => {
  const text = wapPolicy.encode({ DevicePasswordEnabled: true, MinDevicePasswordLength: 6 });
  expect(await shown(text.ok ? text.value : '')).toEqual([
    'DevicePasswordEnabled true',
    'MinDevicePasswordLength 6 characters',
  ]);
  expect(await shown('<junk')).toEqual(['a WAP document of 5 characters that can not be read']);
});

test('whatever a server hands out, every line is one line', async () => {
  await fc.assert(
    fc.asyncProperty(anyPolicy, async (document) => {
      for (const line of await policyTable(document, plain)) expect(line).not.toMatch(/\p{Cc}/u);
    }),
  );
});
