/** What can be asked of the administration: one row for each method of each path. */
import { stateNames } from '../../machines/provisioning.step.js';
import { type HttpRequest, type HttpResponse, isDeviceId } from '../http/index.js';
import type { DeviceIdentity } from '../server/ports.js';
import { answer, refusal } from './answer.js';
import { type BodyForm, choice, noBody, policyBody } from './body.js';
import { demandReasons, wipeScopes } from './demands.js';
import { deviceReport, deviceSummary } from './device-report.js';
import type { AdministrationProblem } from './problems.js';
import type { AdministrationSources } from './sources.js';

/** One method of one path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{user}` and `{deviceId}` for whatever stands there. */
  readonly path: string;
  /** The query parameters it has; a list is of the values that one may have. */
  readonly query: QueryForm;
  /** What is written in the body; null where there is none. */
  readonly shape: string | null;
  readonly meaning: string;
  respond(sources: AdministrationSources, asked: Asked): Promise<HttpResponse>;
}

export type QueryForm = Readonly<Record<string, readonly string[] | 'any'>>;

/** A request once its route is known. */
export interface Asked extends Pick<HttpRequest, 'headers' | 'body'> {
  /** What stands at the braces of the path. */
  readonly device: DeviceIdentity;
  readonly query: Readonly<Record<string, string>>;
}

const DEVICE = '/devices/{user}/{deviceId}';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/devices',
    query: { user: 'any', state: stateNames },
    body: noBody,
    meaning:
      'every device that is stored, by user and device id, without its history, and those that can not be read, ' +
      'whatever state is asked for: `{"devices": […], "unreadable": [{"user", "deviceId"}]}`',
    async run({ devices, now }, _body, { query }) {
      const listed = await devices.list();
      const isAsked = ({ user }: DeviceIdentity) => user === (query.user ?? user);
      const views = listed.devices.filter(
        (view) => isAsked(view) && view.state.name === (query.state ?? view.state.name),
      );
      const unreadable = listed.unreadable.filter(isAsked).map(({ user, deviceId }) => ({ user, deviceId }));
      return answer({
        devices: views.sort(byIdentity).map((view) => deviceSummary(view, now)),
        unreadable: unreadable.sort(byIdentity),
      });
    },
  }),
  route({
    method: 'GET',
    path: DEVICE,
    body: noBody,
    meaning: 'the device',
    run: (sources, _body, { device }) => shown(sources, device),
  }),
  route({
    method: 'POST',
    path: `${DEVICE}/reprovision`,
    body: choice('reason', demandReasons, 'PolicyRefresh'),
    meaning: 'ends the agreement: the next command is refused with the reason',
    run: (sources, reason, { device }) => ordered(sources, device, () => sources.devices.require(device, reason)),
  }),
  route({
    method: 'POST',
    path: `${DEVICE}/wipe`,
    body: choice('scope', wipeScopes),
    meaning: 'orders a wipe of everything on the device, or of the account on it',
    run: (sources, scope, { device }) => ordered(sources, device, () => sources.devices.wipe(device, scope)),
  }),
  route({
    method: 'POST',
    path: `${DEVICE}/cancel-wipe`,
    body: noBody,
    meaning: 'takes back a wipe that is not carried out yet',
    run: (sources, _body, { device }) =>
      ordered(sources, device, () => sources.devices.cancelWipe(device), 'NoWipeOrdered'),
  }),
  route({
    method: 'POST',
    path: `${DEVICE}/readmit`,
    body: noBody,
    meaning: 'lets a device back in that completed a wipe',
    run: (sources, _body, { device }) => ordered(sources, device, () => sources.devices.readmit(device), 'NotShutOut'),
  }),
  route({
    method: 'DELETE',
    path: DEVICE,
    body: noBody,
    meaning: 'forgets the device with all that stands ordered: `{"removed": true}`',
    run: async ({ devices }, _body, { device }) =>
      (await devices.remove(device)) ? answer({ removed: true }) : refusal('UnknownDevice'),
  }),
  route({
    method: 'GET',
    path: '/policy',
    body: noBody,
    meaning: 'the policy that is handed out; `null` without one',
    run: async ({ policy }) => answer(await policy.read()),
  }),
  route({
    method: 'PUT',
    path: '/policy',
    body: policyBody,
    meaning: 'replaces the policy; devices that hold another have to provision',
    async run({ policy }, document) {
      await policy.write(document);
      return answer(document);
    },
  }),
];

/** A row; what its body says is of its own type, which nobody else has to know. */
function route<Body>({
  body,
  run,
  ...row
}: Omit<Route, 'query' | 'shape' | 'respond'> & {
  readonly query?: QueryForm;
  readonly body: BodyForm<Body>;
  run(sources: AdministrationSources, body: Body, asked: Asked): Promise<HttpResponse>;
}): Route {
  return {
    query: {},
    ...row,
    shape: body.shape,
    async respond(sources, asked) {
      const said = body.read(asked);
      if (!said.ok) return said.error;
      // What is no device id names no device, and no store is asked for it.
      if (row.path.startsWith(DEVICE) && !isDeviceId(asked.device.deviceId)) return refusal('UnknownDevice');
      return run(sources, said.value, asked);
    },
  };
}

async function shown({ devices, now }: AdministrationSources, device: DeviceIdentity): Promise<HttpResponse> {
  const view = await devices.read(device);
  return view ? answer(deviceReport(view, now)) : refusal('UnknownDevice');
}

/** An order for a device that is known: a stranger's name is more likely mistyped than meant. */
async function ordered(
  sources: AdministrationSources,
  device: DeviceIdentity,
  order: () => Promise<unknown>,
  otherwise: AdministrationProblem = 'UnknownDevice',
): Promise<HttpResponse> {
  if (!(await sources.devices.read(device))) return refusal('UnknownDevice');
  return (await order()) === false ? refusal(otherwise) : shown(sources, device);
}

function byIdentity(one: DeviceIdentity, other: DeviceIdentity): number {
  return byText(one.user, other.user) || byText(one.deviceId, other.deviceId);
}

/** The order of code units: the same on every machine. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
