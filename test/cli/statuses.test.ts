import { expect, test } from 'vitest';
import type { ExchangeFault } from '../../machines/index.js';
import { httpText, statusTexts } from '../../src/cli/statuses.js';

test.each<[number | null, ExchangeFault | null, string]>([
  [200, null, 'HTTP 200 OK'],
  [449, null, 'HTTP 449 RetryWith'],
  [418, null, 'HTTP 418 Refused'],
  [null, 'Timeout', 'no answer (Timeout)'],
])('HTTP %s, %s', (httpStatus, fault, text) => {
  expect(httpText({ httpStatus, fault })).toBe(text);
});

test('each status stands where it was found, with the name that it has there', () => {
  expect(statusTexts({ command: 'Provision', statuses: { provision: 1, policy: 5, deviceInformation: 1 } })).toEqual([
    'Provision 1 Success',
    'Policy 5 WrongPolicyKey',
    'DeviceInformation 1 Success',
  ]);
  expect(statusTexts({ command: 'Provision', statuses: { provision: 165 } })).toEqual([
    'Provision 165 DeviceInformationRequired',
  ]);
});

test.each([
  [142, ['FolderSync 142 DeviceNotProvisioned']],
  [1, ['FolderSync 1 Success']],
  [9, ['FolderSync 9']],
  [999, ['FolderSync 999 Unknown']],
])('a command’s own status %i', (status, texts) => {
  expect(statusTexts({ command: 'FolderSync', statuses: { command: status } })).toEqual(texts);
});

test('no status is no text', () => {
  expect(statusTexts({ command: 'OPTIONS', statuses: {} })).toEqual([]);
});
