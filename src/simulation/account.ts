/** Who provisions in a simulation: nobody's secrets. */
import type { DeviceIdentity } from '../server/index.js';

export const account = { user: 'anna', password: 'correct horse' } as const;
export const device = { id: 'SIMULATED1', type: 'Simulation' } as const;
export const identity: DeviceIdentity = { user: account.user, deviceId: device.id };
export const session = `${account.user}/${device.id}`;
