/** A wipe stands ordered: I5. */
import { basicCredentials } from '../../../src/http/index.js';
import { credentials } from '../device.js';
import { withHeaders, withMessage } from './seen.js';
import { type BrokenServer, keyIn } from './world.js';

export const brokenWipes: readonly BrokenServer[] = [
  {
    finder: 'I5.outranks',
    breaks: 'the acknowledgment of a policy forgets the order',
    handle: (world) => async (request) => {
      const { deviceId, acknowledged } = request;
      if (acknowledged !== null) await world.under.server.devices.cancelWipe({ user: credentials.user, deviceId });
      return world.serve(request.http);
    },
  },
  {
    finder: 'I5.failed-is-not-done',
    breaks: 'a wipe that failed is recorded as done',
    handle: (world) => (request) =>
      world.serve(request.message?.remoteWipe ? withMessage(request, { remoteWipe: { status: 1 } }) : request.http),
  },
  {
    finder: 'I5.unauthenticated',
    breaks: 'authentication is skipped while a wipe is pending',
    handle: (world) => async (request) => {
      const { deviceId } = request;
      const device = await world.under.server.devices.read({ user: credentials.user, deviceId });
      const isPending = device?.wipe && device.wipe.completedAt === null;
      const authorization = basicCredentials.encode(credentials);
      if (!isPending || !authorization.ok) return world.serve(request.http);
      return world.serve(withHeaders(request, { Authorization: authorization.value }));
    },
  },
  {
    finder: 'I5.account-only',
    breaks: 'an order to wipe the account wipes the device',
    devices: (devices) => ({ wipe: (device) => devices.wipe(device, 'device') }),
  },
  {
    finder: 'I5.answer-of-another',
    breaks: 'a wipe that one device of the user reports done is done for all of them',
    handle: (world) => async (request) => {
      if (request.message?.remoteWipe?.status === 1) {
        for (const { deviceId, wipe } of (await world.under.server.devices.list()).devices) {
          if (!wipe || wipe.completedAt !== null) continue;
          const asOther = {
            ...request,
            http: { ...request.http, url: request.http.url.replace(request.deviceId, deviceId) },
          };
          await world.serve(withMessage(asOther, {}));
          await world.serve(withMessage(asOther, { remoteWipe: { status: 1 } }));
        }
      }
      return world.serve(request.http);
    },
  },
  {
    finder: 'I5.after-the-wipe',
    breaks: 'a device that was wiped keeps its key',
    handle: (world) => {
      const keys = new Map<string, string>();
      return async (request) => {
        const { deviceId, acknowledged, key } = request;
        const answer = await world.serve(request.http);
        const issued = keyIn(answer);
        if (acknowledged !== null && issued !== undefined) keys.set(deviceId, issued);
        const isOut = world.last()?.reason === 'DeviceIsBlocked' && key !== null && keys.get(deviceId) === key;
        return isOut ? world.letIn(request.http) : answer;
      };
    },
  },
];
