/** What stands before the commands: I10 to I13. */
import { protocolVersions } from '../../../src/protocol/version.js';
import { credentials } from '../device.js';
import { bare, type Seen, statusOf, withHeaders } from './seen.js';
import type { BrokenServer, World } from './world.js';

export const brokenGates: readonly BrokenServer[] = [
  {
    finder: 'I10.wrong-password',
    breaks: 'a wrong password is told to provision',
    handle: (world) => async (request) => {
      if (request.isAuthentic || request.command === 'Provision') return world.serve(request.http);
      return protocolVersions[request.version].signal === 'http' ? bare(449) : statusOf(request, 142);
    },
  },
  {
    finder: 'I10.known-device',
    breaks: 'a wrong password learns whether the device is known',
    handle: (world) => async (request) => {
      const { deviceId } = request;
      const known = await world.under.server.devices.read({ user: credentials.user, deviceId });
      return known && !request.isAuthentic ? bare(403) : world.serve(request.http);
    },
  },
  {
    finder: 'I11.no-key',
    breaks: 'the policy is looked at only where the header is there',
    options: () => ({ allowNonProvisionable: true }),
  },
  {
    finder: 'I11.zero-or-empty',
    breaks: 'key 0 passes',
    handle: (world) => letting(world, ({ key }) => key === '0'),
  },
  {
    finder: 'I11.zero-or-empty',
    breaks: 'an empty key passes',
    handle: (world) => letting(world, ({ key }) => key === ''),
  },
  {
    finder: 'I11.garbage',
    breaks: 'keys are compared as numbers, as far as they are some',
    handle: (world) => (request) => {
      const { key } = request;
      const number = key === null ? Number.NaN : Number.parseInt(key, 10);
      const isGarbage = key !== null && number > 0 && String(number) !== key;
      return world.serve(isGarbage ? withHeaders(request, { 'X-MS-PolicyKey': String(number) }) : request.http);
    },
  },
  {
    finder: 'I11.garbage',
    breaks: 'a key is read as the low 32 bits of a number',
    handle: (world) => (request) => {
      const low = String(Number(request.key ?? Number.NaN) >>> 0);
      const wraps = request.key !== null && /^\d{10,}$/.test(request.key) && low !== request.key;
      return world.serve(wraps ? withHeaders(request, { 'X-MS-PolicyKey': low }) : request.http);
    },
  },
  {
    finder: 'I12.every-command',
    breaks: 'SendMail, Search and MoveItems reach their handlers',
    handle: (world) => letting(world, ({ command }) => ['SendMail', 'Search', 'MoveItems'].includes(command)),
  },
  {
    finder: 'I13.user-agent',
    breaks: 'a User-Agent with Outlook in it passes',
    handle: (world) => letting(world, ({ http }) => (http.headers['User-Agent'] ?? '').includes('Outlook')),
  },
  {
    finder: 'I13.device-type',
    breaks: 'a device type with Phone in it passes',
    handle: (world) => letting(world, ({ deviceType }) => deviceType.includes('Phone')),
  },
];

/** What is refused for the policy's sake passes all the same where it fits. */
function letting(world: World, fits: (request: Seen) => boolean) {
  return async (request: Seen) => {
    const answer = await world.serve(request.http);
    const reason = world.last()?.reason ?? '';
    const isPolicy = ['LegacyDeviceOnStrictPolicy', 'DeviceNotProvisioned', 'InvalidPolicyKey'].includes(reason);
    return isPolicy && fits(request) ? world.letIn(request.http) : answer;
  };
}
