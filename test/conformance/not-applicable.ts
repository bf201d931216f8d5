/**
 * Requirements that no test of the library can prove, and why. A row says of its requirements one thing that is true of
 * all of them; a requirement stands in one row at most.
 */

/** The reasons there are: a closed list. */
export const reasons = {
  DeviceEnforcement:
    'The device obeys, not the library: the library hands its host the value, and reports what the host says it did.',
  HostBusiness: 'The host does it, in a command or an administration that is not part of provisioning.',
  ProductBehaviour: 'It tells what a certain product does, where others may do otherwise.',
  Contradiction: 'The specification asks for the opposite in another place, and one of the two had to be chosen.',
  OtherSignal: 'The server says the same in another way that the protocol has.',
} as const satisfies Record<string, string>;

export type Reason = keyof typeof reasons;

export interface NotApplicable {
  readonly reason: Reason;
  readonly ids: readonly string[];
  /** What it is about and who sees to it, in one sentence. */
  readonly because: string;
}

export const notApplicable: readonly NotApplicable[] = [
  {
    reason: 'DeviceEnforcement',
    ids: ['R190', 'R191', 'R197', 'R198', 'R237', 'R238', 'R406', 'R407'],
    because:
      'Only the device knows which applications are in its ROM and which were installed; it is given both lists whole.',
  },
  {
    reason: 'DeviceEnforcement',
    ids: ['R284', 'R603', 'R630', 'R631'],
    because: 'Passwords are asked for, counted and checked by the device, which is given the rules.',
  },
  {
    reason: 'DeviceEnforcement',
    ids: ['R633'],
    because: 'What a device keeps of a server it encrypts itself; it is given RequireDeviceEncryption.',
  },
  {
    reason: 'DeviceEnforcement',
    ids: ['R62301', 'R624', 'R643', 'R644', 'R64504'],
    because:
      'The device erases itself or the account in `wipe`, which is called once the acknowledgment is on its way.',
  },
  {
    reason: 'DeviceEnforcement',
    ids: ['R492'],
    because:
      'Whether a setting that is unset is undone or left, the device decides; it is told apart from an absent one.',
  },
  {
    reason: 'HostBusiness',
    ids: ['R298', 'R299'],
    because: 'Recovery passwords travel in Settings, which the host sends and answers; the library never makes one up.',
  },
  {
    reason: 'Contradiction',
    ids: ['R315'],
    because:
      'R618 and the example of 4.1.2 want key 0 in the initial request: the client sends it, a server takes both.',
  },
  {
    reason: 'OtherSignal',
    ids: ['R452', 'R504'],
    because:
      'A server whose policy source or store fails answers HTTP 503 with Retry-After, for Provision as for all commands; the client treats both alike.',
  },
  {
    reason: 'ProductBehaviour',
    ids: ['R1040', 'R1041', 'R1042'],
    because: 'Exchange 2007 and 2010 answer so; the server does as Exchange 2013 and later (R1046, R1047, R1048).',
  },
  {
    reason: 'ProductBehaviour',
    ids: ['R667'],
    because: 'Windows 8.1 does so; a server refuses its first command and so tells it to provision.',
  },
];
