/** An administration of devices that are only made up: what was asked of them is counted, and each answer can be set. */
import { type Administration, type AdministrationOptions, createAdministration } from '../../../src/admin/index.js';
import type { HttpResponse } from '../../../src/http/index.js';
import type { EASProvisionDoc } from '../../../src/protocol/policy.js';
import type { DeviceAdministration, DeviceView } from '../../../src/server/administration.js';

export const token = 'correct-horse-battery-staple';

/** Milliseconds since 1970. */
export const now = Date.UTC(2026, 10, 21, 12);

export interface AdministrationUnderTest {
  readonly administration: Administration;
  /** Everything that was asked of devices, policy and clock, in order, with what came with it. */
  readonly calls: (readonly unknown[])[];
  policy: EASProvisionDoc | null;
  /** One request with the right token; a value is sent as JSON. */
  ask(method: string, url: string, value?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export interface Answered extends HttpResponse {
  readonly text: string;
  readonly json: unknown;
}

export function administrationOf(
  views: readonly DeviceView[],
  {
    orders = {},
    ...options
  }: Partial<AdministrationOptions> & { readonly orders?: Partial<DeviceAdministration> } = {},
): AdministrationUnderTest {
  const calls: (readonly unknown[])[] = [];
  const devices: DeviceAdministration = {
    list: async () => ({ devices: views, unreadable: [] }),
    read: async ({ user, deviceId }) => views.find((view) => view.user === user && view.deviceId === deviceId) ?? null,
    require: async () => {},
    wipe: async () => {},
    cancelWipe: async () => true,
    readmit: async () => true,
    remove: async () => true,
    ...orders,
  };
  const served: AdministrationOptions['policy'] = {
    read: () => under.policy,
    write(policy) {
      under.policy = policy;
    },
  };
  const under: AdministrationUnderTest = {
    calls,
    policy: null,
    administration: createAdministration({
      devices: counted('devices', devices, calls),
      policy: counted('policy', served, calls),
      token,
      clock: () => {
        calls.push(['clock']);
        return now;
      },
      ...options,
    }),
    async ask(method, url, value, headers = {}) {
      const body = new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value));
      const announced = value === undefined ? {} : { 'content-type': 'application/json' };
      const authorization = `Bearer ${options.token ?? token}`;
      const request = { method, url, headers: { authorization, ...announced, ...headers }, body };
      return answered(await under.administration.handle(request));
    },
  };
  return under;
}

export function answered(response: HttpResponse): Answered {
  const text = new TextDecoder().decode(response.body);
  return { ...response, text, json: JSON.parse(text) };
}

function counted<Port extends object>(name: string, port: Port, calls: (readonly unknown[])[]): Port {
  return new Proxy(port, {
    get(target, member) {
      const call: unknown = Reflect.get<object, PropertyKey>(target, member);
      return (...given: unknown[]) => {
        calls.push([`${name}.${String(member)}`, ...given]);
        return typeof call === 'function' ? call.apply(target, given) : call;
      };
    },
  });
}
