import { describe, expect, test } from 'vitest';
import { type ProtocolVersion, versions } from '../../src/protocol/version.js';
import { createSimulation, MAX_MOVES, type MoveName, moveNames, type Simulation } from '../../src/simulation/index.js';
import { stepOn } from './support/sessions.js';
import { told } from './support/told.js';

describe('the eight steps (MS-OXPROTO 2.5.14.5)', () => {
  test('in the words of the entries', async () => {
    const simulation = await started('14.1', 'command');
    expect(await stepOn(simulation)).toBe(8);
    expect(told(simulation)).toEqual([
      '* client runs FolderSync',
      '> FolderSync: under key 0',
      '< FolderSync: Status 142 (DeviceNotProvisioned)',
      '> Provision: initial',
      '< Provision: policy under temporary key 100',
      '* client applies the policy fully',
      '> Provision: acknowledgment of 100, status 1',
      '< Provision: permanent key 101',
      '> FolderSync: under key 101',
      '< FolderSync: Status 1',
      '* client FolderSync is answered with Status 1, after provisioning',
    ]);
    expect(simulation.outcome).toBe('FolderSync is answered with Status 1, after provisioning');
  });

  test.each(versions)('end in an agreement in %s', async (version) => {
    const simulation = await started(version, 'command');
    expect(await stepOn(simulation)).toBe(8);
    for (const { name, context } of [simulation.client, simulation.server]) {
      expect([name, context.policyKey]).toEqual(['Provisioned', '101']);
    }
  });

  test('say what waits before each of them', async () => {
    const simulation = await started('12.1', 'command');
    const waited: string[] = [];
    for (let step = 0; step < 4; step++) {
      waited.push(`${simulation.waiting[0]?.kind} ${simulation.waiting[0]?.text}`);
      await simulation.do('step');
    }
    expect(waited).toEqual([
      'Request FolderSync: under key 0',
      'Answer FolderSync: 449',
      'Request Provision: initial',
      'Answer Provision: policy under temporary key 100',
    ]);
    expect(simulation.waiting.at(-1)).toEqual({ kind: 'Timer', message: null, text: 'no answer for 30 s' });
  });

  test('show each policy as bytes and as XML', async () => {
    const simulation = await started('14.1', 'command');
    await stepOn(simulation, 4);
    const policy = simulation.entries.find((entry) => entry.kind === 'Message' && entry.id === 4);
    if (policy?.kind !== 'Message') throw new Error('no such message');
    expect(policy.body.hex).toMatch(/^03016a00/);
    expect(policy.body.xml).toContain('<MinDevicePasswordLength>4</MinDevicePasswordLength>');
  });
});

describe('a bad link', () => {
  test('loses the answer to an acknowledgment, which is repeated and answered alike', async () => {
    const simulation = await started('14.1', 'command', ...steps(5));
    const lines = told(simulation).length;
    await play(simulation, 'drop');
    expect(simulation.waiting.map(({ text }) => text)).toEqual(['no answer for 30 s']);
    await stepOn(simulation);
    expect(told(simulation).slice(lines - 1, -3)).toEqual([
      'x< Provision: permanent key 101',
      '* environment no answer for 30 s',
      '* environment another try after 1 s',
      '> Provision: acknowledgment of 100, status 1',
      '< Provision: permanent key 101',
    ]);
    expect(simulation.client.context.policyKey).toBe('101');
  });

  test('brings a request twice, and the answer to the second copy to nobody, although its key is the one that counts', async () => {
    const simulation = await started('14.1', 'command', ...steps(2), 'duplicate');
    expect(simulation.waiting.map(({ message, text }) => [message, text]).slice(0, 2)).toEqual([
      [3, 'Provision: initial'],
      [4, 'Provision: initial'],
    ]);
    await play(simulation, ...steps(3));
    expect(told(simulation).slice(3, 7)).toEqual([
      '> Provision: initial',
      '> Provision: initial',
      '< Provision: policy under temporary key 100',
      'x< Provision: policy under temporary key 101',
    ]);
    await play(simulation, ...steps(2));
    expect(told(simulation)).toContain('< Provision: Policy Status 5 (WrongPolicyKey)');
  });

  test('brings an answer once', async () => {
    const simulation = await started('14.1', 'command', 'step');
    expect(['drop', 'duplicate', 'delay'].map((move) => simulation.can(move as MoveName))).toEqual([true, false, true]);
  });

  test('lets a message pass the other', async () => {
    const simulation = await started('14.1', 'command', 'command', 'delay');
    expect(simulation.waiting.map(({ message }) => message).slice(0, 2)).toEqual([2, 1]);
  });

  test('lets the clock pass a message that is alone, which then comes too late', async () => {
    const simulation = await started('14.1', 'command', 'delay');
    expect(simulation.waiting.map(({ kind }) => kind)).toEqual(['Timer', 'Request']);
    expect(simulation.can('delay')).toBe(false);
    await stepOn(simulation);
    expect(told(simulation).slice(-4)).toEqual([
      '> FolderSync: under key 0',
      '* environment no answer for 30 s',
      '* client FolderSync comes to nothing: Timeout, No answer in time. The server did not answer within the time allowed.',
      'x< FolderSync: Status 142 (DeviceNotProvisioned)',
    ]);
  });

  test('lets one timer pass it and not the next', async () => {
    const simulation = await started('14.1', 'command', ...steps(2), 'delay', 'step');
    expect(simulation.waiting.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'Request Provision: initial',
      'Timer another try after 1 s',
    ]);
  });

  test('is silent for a day, in which every wait comes to its end', async () => {
    const simulation = await started('14.1', 'command', ...steps(2), 'passTime');
    const waits = simulation.entries.flatMap((entry) =>
      entry.kind === 'Note' && entry.by === 'environment' ? `${entry.at} ${entry.text}` : [],
    );
    expect(waits).toEqual([
      '100 a day passes',
      ...['30100 no answer for 30 s', '31100 another try after 1 s'],
      ...['61100 no answer for 30 s', '63100 another try after 2 s'],
      ...['93100 no answer for 30 s', '97100 another try after 4 s'],
      '127100 no answer for 30 s',
    ]);
    expect(simulation.outcome).toMatch(/Timeout/);
    expect(simulation.waiting.map(({ text }) => text)).toEqual(Array(4).fill('Provision: initial'));
    await play(simulation, 'step');
    expect(simulation.entries.at(-1)?.at).toBe(100 + 24 * 60 * 60 * 1000 + 50);
    expect(told(simulation).at(-1)).toBe('x< Provision: policy under temporary key 100');
  });
});

describe('an order', () => {
  test('to wipe the device is announced, directed, agreed to, and keeps it out until it is readmitted', async () => {
    const simulation = await started('14.1', 'command', ...steps(8), 'wipeDevice');
    expect(simulation.settings.wipe).toBe('device');
    expect(
      ['wipeDevice', 'wipeAccount', 'cancelWipe', 'readmit'].filter((move) => simulation.can(move as MoveName)),
    ).toEqual(['cancelWipe']);
    const lines = told(simulation).length;
    await play(simulation, 'command', ...steps(6), 'command', ...steps(2));
    expect(told(simulation).slice(lines)).toEqual([
      '* client runs FolderSync',
      '> FolderSync: under key 101',
      '< FolderSync: Status 140 (RemoteWipeRequested)',
      '> Provision: empty',
      '< Provision: wipe the device',
      '* client agrees to a wipe of the device',
      '> Provision: wipe of the device, status 1',
      '* client wipes everything',
      '< Provision: wipe recorded',
      '* client FolderSync ends with a wipe',
      '* client runs FolderSync',
      '> FolderSync: under key 0',
      '< FolderSync: Status 129 (DeviceIsBlocked)',
      '* client FolderSync is answered with Status 129',
    ]);
    expect(simulation.settings.wipe).toBeNull();
    expect(simulation.can('readmit')).toBe(true);
    await play(simulation, 'readmit', 'command', ...steps(8));
    expect(simulation.outcome).toBe('FolderSync is answered with Status 1, after provisioning');
  });

  test('to wipe is not carried out by a device whose owner does not agree, and stands', async () => {
    const simulation = await started('16.1', 'command', ...steps(8), 'wipeAccount', 'refuseWipes', 'command');
    await stepOn(simulation);
    expect(told(simulation)).toContain('* client does not agree to a wipe of the account');
    expect(told(simulation)).toContain('> Provision: wipe of the account, status 2');
    expect(simulation.settings.wipe).toBe('account');
    expect(simulation.can('wipeDevice')).toBe(true);
  });

  test('for another policy is told with the next command', async () => {
    const simulation = await started('14.1', 'command', ...steps(8), 'changePolicy', 'command');
    await stepOn(simulation);
    expect(told(simulation)).toContain('< FolderSync: Status 144 (InvalidPolicyKey)');
    expect(simulation.settings.policy).toBe(2);
    expect(simulation.server.context.revision).not.toBeNull();
    await play(simulation, 'removePolicy', 'changePolicy');
    expect(simulation.settings.policy).toBe(3);
  });

  test('for none leaves nothing to be agreed on', async () => {
    const simulation = await started('14.1', 'removePolicy', 'command', ...steps(2));
    expect(simulation.outcome).toBe('FolderSync is answered with Status 1');
    expect(simulation.can('removePolicy')).toBe(false);
  });

  test('a day later the agreement is due for a refresh', async () => {
    const simulation = await started('14.1', 'command', ...steps(8), 'passTime', 'command', ...steps(2));
    expect(told(simulation)).toContain('< FolderSync: Status 143 (PolicyRefresh)');
    expect(simulation.entries.at(-1)?.at).toBeGreaterThan(24 * 60 * 60 * 1000);
  });
});

describe('a crash', () => {
  test('of the device loses the answer under way, and what it owes is done again', async () => {
    const simulation = await started('14.1', 'command', ...steps(5), 'crashDevice');
    expect(simulation.client.name).toBe('Acknowledging');
    expect(simulation.waiting).toEqual([]);
    expect(told(simulation).slice(-2)).toEqual([
      'x< Provision: permanent key 101',
      '* client crashes, and starts again from what it stored',
    ]);
    await play(simulation, 'command', ...steps(4));
    expect(told(simulation).slice(-6)).toEqual([
      '* client runs FolderSync',
      '> Provision: acknowledgment of 100, status 1',
      '< Provision: permanent key 101',
      '> FolderSync: under key 101',
      '< FolderSync: Status 1',
      '* client FolderSync is answered with Status 1',
    ]);
  });

  test('of the server leaves the agreement standing', async () => {
    const simulation = await started('14.1', 'command', ...steps(8), 'crashServer', 'command', ...steps(2));
    expect(simulation.outcome).toBe('FolderSync is answered with Status 1');
  });

  test('and the loss of what was stored begins anew, under a key of its own', async () => {
    const simulation = await started('14.1', 'command', ...steps(8), 'forgetKey');
    expect(simulation.client.name).toBe('Unprovisioned');
    expect(simulation.server.name).toBe('Provisioned');
    await play(simulation, 'command', ...steps(8));
    expect(simulation.client.context.policyKey).toBe('103');
  });
});

describe('the person', () => {
  test.each<[MoveName, string, string]>([
    ['applyPartly', 'status 2', 'DeviceNotFullyProvisionable'],
    ['refuse', 'status 3', 'DeviceNotFullyProvisionable'],
    ['managedElsewhere', 'status 4', 'ExternallyManagedDevicesNotAllowed'],
  ])('can let it %s, which is refused', async (move, status, reason) => {
    const simulation = await started('14.1', move, 'command');
    await stepOn(simulation);
    const lines = told(simulation);
    expect(lines.find((line) => line.startsWith('> Provision: ack'))).toContain(status);
    expect(lines.join('\n')).toContain(`(${reason})`);
    expect(simulation.outcome).toMatch(/^FolderSync comes to nothing: /);
    expect(simulation.can(move)).toBe(false);
    expect(simulation.can('accept')).toBe(true);
  });

  test('can run two commands at once, which provision once, and no more than four', async () => {
    const simulation = await started('14.1', 'command', 'command');
    await stepOn(simulation);
    expect(told(simulation).filter((line) => line === '> Provision: initial')).toHaveLength(1);
    expect(told(simulation).filter((line) => line.startsWith('* client FolderSync is answered'))).toHaveLength(2);
    await play(simulation, 'command', 'command', 'command', 'command');
    expect(simulation.can('command')).toBe(false);
    expect(told(simulation).filter((line) => line === '* client runs FolderSync')).toHaveLength(6);
  });

  test('can do nothing with a link on which nothing is', async () => {
    const simulation = await started('14.1');
    expect(moveNames.filter((move) => !simulation.can(move))).toEqual([
      'step',
      'drop',
      'duplicate',
      'delay',
      'accept',
      'confirmWipes',
      'cancelWipe',
      'readmit',
    ]);
    expect(simulation.outcome).toBeNull();
  });

  test('cannot make copies without end', async () => {
    const simulation = await started('14.1', 'command', ...Array<MoveName>(40).fill('duplicate'));
    expect(simulation.waiting.filter(({ kind }) => kind === 'Request')).toHaveLength(16);
  });

  test('has so many moves as a permalink holds', async () => {
    const simulation = await started('14.1', ...Array<MoveName>(MAX_MOVES + 1).fill('crashServer'));
    expect(simulation.moves).toHaveLength(MAX_MOVES);
    expect(moveNames.filter((move) => simulation.can(move))).toEqual([]);
  });
});

async function started(version: ProtocolVersion, ...moves: readonly MoveName[]): Promise<Simulation> {
  const simulation = await createSimulation({ protocolVersion: version });
  await play(simulation, ...moves);
  return simulation;
}

async function play(simulation: Simulation, ...moves: readonly MoveName[]): Promise<void> {
  for (const move of moves) await simulation.do(move);
}

function steps(count: number): readonly MoveName[] {
  return Array<MoveName>(count).fill('step');
}
