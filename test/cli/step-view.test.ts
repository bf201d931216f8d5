import { expect, test } from 'vitest';
import { start } from '../../machines/index.js';
import { lookOf } from '../../src/cli/look.js';
import { stepLines } from '../../src/cli/step-view.js';
import type { Observation } from '../../src/client/index.js';

const plain = lookOf({ isFancy: false, columns: 80 });
const before = start('client');
const step: Observation = {
  n: 2,
  command: 'FolderSync',
  policyKey: '0',
  url: 'http://eas.test/',
  protocolVersion: '14.1',
  httpStatus: 200,
  statuses: { command: 142 },
  fault: null,
  problem: null,
  request: new Uint8Array(),
  response: new Uint8Array(),
  requestHeaders: {},
  responseHeaders: {},
  state: before,
};

test('an exchange that changes nothing is two lines', () => {
  expect(stepLines(step, before, plain)).toEqual([
    ' 2  -->  FolderSync              key 0, protocol 14.1',
    '    <--  HTTP 200 OK             FolderSync 142 DeviceNotProvisioned',
  ]);
});

test('a new state or key is a third', () => {
  const context = { ...before.context, policyKey: '29' };
  expect(stepLines({ ...step, state: { name: 'Acknowledging', context } }, before, plain)[2]).toBe(
    '         Acknowledging           key 0 -> 29 temporary',
  );
  const fallen = { ...before, name: 'NeedsReprovision' } as const;
  expect(stepLines({ ...step, state: fallen }, before, plain)[2]).toBe('         NeedsReprovision        key 0');
});

test('no key, no version, no answer', () => {
  const options: Observation = {
    ...step,
    command: 'OPTIONS',
    policyKey: null,
    statuses: {},
    httpStatus: null,
    fault: 'Network',
  };
  expect(stepLines(options, before, plain)).toEqual([' 2  -->  OPTIONS', '    <--  no answer (Network)']);
});

test('a body that can not be read is told by its problem', () => {
  const problem = { code: 'ERR_WBXML_HEADER', message: 'what it is', offset: 0 } as const;
  expect(stepLines({ ...step, statuses: {}, problem }, before, plain)[1]).toBe(
    '    <--  HTTP 200 OK             ERR_WBXML_HEADER at offset 0: what it is',
  );
});
