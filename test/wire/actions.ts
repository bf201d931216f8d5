/** What happens in a chapter beside its requests: one row per line. */
import { provisionResponse } from '../../src/codec/index.js';
import { type ProtocolVersion, protocolVersions } from '../../src/protocol/version.js';
import { keyIn, unwrap } from '../support/device.js';
import { exchange } from './http.js';
import { DEVICE, type QueryForm, requestOf, USER } from './message.js';
import { formatNotation } from './notation.js';
import type { Bindings } from './placeholder.js';
import { corruptPolicy, duration, policyOf, type Setting } from './settings.js';
import type { Stage } from './stage.js';

export interface Scene {
  readonly stage: Stage;
  readonly setting: Setting;
  readonly bindings: Bindings;
  readonly version: ProtocolVersion;
  readonly form: QueryForm;
}

/** Does what the line says; a line that tells something is told as it is. */
type Action = (scene: Scene) => unknown;

/** Throws for a line that no row knows. */
export function actionOf(line: string): Action {
  for (const [pattern, does] of rows) {
    const match = pattern.exec(line);
    if (match) return (scene) => does(scene, match[1] ?? '');
  }
  throw new Error(`no such line: ${line}`);
}

type Row = readonly [pattern: RegExp, does: (scene: Scene, word: string) => unknown];

const who = { user: USER, deviceId: DEVICE } as const;

const rows: readonly Row[] = [
  [
    /^wait (\d+[mhd])$/,
    ({ stage }, time) => {
      stage.now += duration(time);
    },
  ],
  [/^the device is provisioned$/, provision],
  [/^the policy becomes (EASProvisionDoc.*)$/, ({ setting }, noted) => void setting.policies.set('', policyOf(noted))],
  [/^the policy is withdrawn$/, ({ setting }) => void setting.policies.set('', null)],
  [/^the policy becomes corrupt$/, ({ setting }) => void setting.policies.set('', corruptPolicy)],
  [/^the policy can not be looked up$/, ({ setting }) => void setting.policies.set('', 'failing')],
  [/^the administrator orders a wipe of the device$/, ({ stage }) => stage.server.devices.wipe(who, 'device')],
  [/^the administrator orders a wipe of the account$/, ({ stage }) => stage.server.devices.wipe(who, 'account')],
  [/^the administrator cancels the wipe$/, ({ stage }) => stage.server.devices.cancelWipe(who)],
  [/^the administrator readmits the device$/, ({ stage }) => stage.server.devices.readmit(who)],
  [/^the administrator removes the device$/, ({ stage }) => stage.server.devices.remove(who)],
  [/^the device says of itself: .+$/, describe],
];

/** What the server knows of the device. */
async function describe({ stage }: Scene): Promise<string> {
  const { information = null } = (await stage.server.devices.read(who)) ?? {};
  const content = Object.entries(information ?? {}).map(([tag, text]) => ({ name: `Settings:${tag}`, content: text }));
  return `the device says of itself: ${information ? formatNotation({ name: 'Settings:Set', content }) : 'nothing'}`;
}

/** The two exchanges of a device that does everything right: binds `{temporary}` and `{permanent}` anew. */
async function provision(scene: Scene): Promise<void> {
  const { policyType, deviceInformation } = protocolVersions[scene.version];
  const description = deviceInformation === 'provision' ? 'settings:DeviceInformation(Set(Model="TestModel")), ' : '';
  const temporary = await keyFor(scene, '0', `${description}Policies(Policy(PolicyType="${policyType}"))`);
  const policy = `PolicyType="${policyType}", PolicyKey=${temporary}, Status=1`;
  const permanent = await keyFor(scene, temporary, `Policies(Policy(${policy}))`);
  scene.bindings.set('temporary', temporary);
  scene.bindings.set('permanent', permanent);
}

/** The key in the answer to a Provision request. Throws where there is none. */
async function keyFor({ stage, version, form }: Scene, key: string, parts: string): Promise<string> {
  const lines = [`POST Provision key=${key}`, `Provision(${parts})`];
  const { status, body } = await exchange(stage.port, requestOf(lines, { version, form }));
  return keyIn(status === 200 ? unwrap(provisionResponse.decode(body)) : status);
}
