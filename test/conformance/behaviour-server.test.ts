/** What a server does (MS-ASPROV 3.2.5), where no other test says it. */
import { describe, expect, test } from 'vitest';
import { deviceOf, keyIn } from '../support/device.js';
import { policyA, serverUnderTest } from '../support/server.js';
import { at, device as identity, live, provisioning } from './life.js';

describe.each([
  ['device', 'remoteWipe'],
  ['account', 'accountOnlyRemoteWipe'],
] as const)('an answer to the directive to wipe the %s', (scope, name) => {
  test('that it failed: Status 2 and the directive again, and the failure is recorded [R665 R701 R666 R663 R66601 R66603 R66604 R66605 R66610 R66611 R702 R1048]', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server, { version: '16.1' });
    await server.devices.wipe(identity, scope);
    expect(await device.provision({})).toEqual({ status: 1, [name]: true });
    expect(await device.provision({ [name]: { status: 2 } })).toEqual({ status: 2, [name]: true });
    expect(exchanges.at(-1)?.events).toContain('WipeFailed');
    expect(await server.devices.read(identity)).toMatchObject({ wiped: null, state: { name: 'NeedsReprovision' } });
    expect(await device.provision({})).toEqual({ status: 1, [name]: true });
  });

  test('that it succeeded: Status 1, and the wipe is recorded [R663 R664 R66601 R66602 R66609 R1047]', async () => {
    const { server, exchanges } = serverUnderTest();
    const device = deviceOf(server, { version: '16.1' });
    await server.devices.wipe(identity, scope);
    await device.provision({});
    expect(await device.provision({ [name]: { status: 1 } })).toEqual({ status: 1 });
    expect(exchanges.at(-1)?.events).toContain('WipeSucceeded');
    expect(await server.devices.read(identity)).toMatchObject({ wiped: scope, state: { name: 'Unprovisioned' } });
  });
});

test('a setting that the host unsets goes as an empty element, or as the default it gives [R652 R1044 R1045]', async () => {
  const policy = { MinDevicePasswordLength: null, DevicePasswordHistory: 0 };
  const [initial] = provisioning(await live('14.1', { policy }));
  expect(at(initial.response, 'Provision/Policies/Policy/Data/EASProvisionDoc')[0]?.content).toEqual([
    { name: 'Provision:MinDevicePasswordLength', content: null },
    { name: 'Provision:DevicePasswordHistory', content: '0' },
  ]);
});

test('no directive where no wipe was ordered, whatever is asked, at any time [R654 R66614 R66615]', async () => {
  const { server } = serverUnderTest();
  const device = deviceOf(server, { version: '16.1' });
  const answers = [await device.provision({}), await device.initial()];
  answers.push(await device.acknowledge(keyIn(answers[1]!)), await device.provision({}));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 1 });
    expect(answer).not.toHaveProperty('remoteWipe');
    expect(answer).not.toHaveProperty('accountOnlyRemoteWipe');
  }
});

test('an initial request is answered alike with key 0 and with none', async () => {
  for (const key of ['0', null]) {
    const { server } = serverUnderTest();
    expect(await deviceOf(server).initial({ key })).toMatchObject({ policies: [{ status: 1, data: policyA }] });
  }
});

test('a policy that can not be written is Policy Status 4, and no policy [R473]', async () => {
  const { server, exchanges } = serverUnderTest({ policyFor: () => ({ MinDevicePasswordLength: 4.5 }) });
  expect(await deviceOf(server).initial()).toEqual({
    deviceInformationStatus: 1,
    status: 1,
    policies: [{ policyType: 'MS-EAS-Provisioning-WBXML', status: 4 }],
  });
  expect(exchanges.at(-1)).toMatchObject({ reason: 'PolicyCorrupt' });
});
