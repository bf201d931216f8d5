/** A small sample of `npm run mutants`, and whether it makes the mutants that the chart calls for. */
import { describe, expect, test } from 'vitest';
import type { MachineParts, TransitionConfig } from '../../machines/provisioning.compile.js';
import { engineOf, guard, shipped } from '../support/engine.js';
import { differenceOf } from './difference.js';
import { equivalent } from './equivalent.js';
import { judge, killedByLaws, killedByRows, type Verdict } from './judge.js';
import { kinds, type MutantKind, machineMutants } from './machine-mutants.js';
import { isClean, printed, reportOf } from './report.js';

const mutants = machineMutants(shipped.parts);

describe('the mutants made', () => {
  test('are those of a chart of three edges, one by one', () => {
    expect(machineMutants(small).map(({ id }) => id)).toEqual([
      '*.Reset[0]: removed',
      'Provisioned.Reset[0]: removed',
      'Provisioned.Reset[1]: removed',
      'Provisioned.Reset[0]: guard -> true',
      'Provisioned.Reset[0]: guard -> false',
      'Provisioned.Reset[1]: guard -> true',
      'Provisioned.Reset[1]: guard -> false',
      'isOne -> true',
      'isOne -> false',
      'isTwo -> true',
      'isTwo -> false',
      ...['AwaitingPolicy', 'Acknowledging', 'Provisioned', 'NeedsReprovision', 'none'].map(
        (target) => `*.Reset[0]: target -> ${target}`,
      ),
      ...['Unprovisioned', 'AwaitingPolicy', 'Acknowledging', 'NeedsReprovision'].map(
        (target) => `Provisioned.Reset[0]: target -> ${target}`,
      ),
      ...['Unprovisioned', 'AwaitingPolicy', 'Provisioned', 'NeedsReprovision', 'none'].map(
        (target) => `Provisioned.Reset[1]: target -> ${target}`,
      ),
      '*.Reset[0]: without forget',
      '*.Reset[0]: without say',
      'Provisioned.Reset[0]: without say',
      '*.Reset[0]: twice forget',
      '*.Reset[0]: twice say',
      'Provisioned.Reset[0]: twice say',
      'Provisioned.Reset: 0 and 1 swapped',
      'say -> nothing (client)',
      'say -> nothing (server)',
    ]);
  });

  test('are as many as the shipped chart calls for, each under its own name', () => {
    const rows = drawn();
    const actions = rows.reduce((sum, { row: { actions = [] } }) => sum + [actions].flat().length, 0);
    const made = (kind: MutantKind) => mutants.filter((mutant) => mutant.kind === kind).length;
    expect(made('edge removed')).toBe(rows.length);
    expect(made('guard of an edge forced')).toBe(2 * rows.filter(({ row }) => row.guard).length);
    expect(made('guard forced by name')).toBe(2 * Object.keys(shipped.parts.guards).length);
    // Four other states, and one more choice: no target where there is one, any state where the root has none.
    expect(made('target changed')).toBe(
      rows.reduce((sum, { owner, row }) => sum + (row.target || owner === '*' ? 5 : 4), 0),
    );
    expect([made('action dropped'), made('action doubled')]).toEqual([actions, actions]);
    expect(made('effects emptied')).toBe(2 * Object.keys(shipped.parts.effects).length);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  test('compile, all of them', () => {
    expect(() => mutants.map(({ parts }) => engineOf(parts))).not.toThrow();
  });
});

describe('a sample of the judgment', () => {
  test('the shipped machine is as the rows say, keeps every law, and is itself', () => {
    expect([killedByRows(shipped), killedByLaws(shipped), differenceOf(shipped)]).toEqual([null, null, null]);
  });

  test.each(Object.keys(kinds) as MutantKind[])('one in twenty falls to a law: %s', (kind) => {
    const sample = mutants.filter((mutant) => mutant.kind === kind && !Object.hasOwn(equivalent, mutant.id));
    const unbroken = sample.filter(({ parts }, at) => at % 20 === 0 && killedByLaws(engineOf(parts)) === null);
    expect(sample.length).toBeGreaterThan(0);
    expect(unbroken.map(({ id }) => id)).toEqual([]);
  });

  test('every explanation names a mutant, and some of them are seen to be true', () => {
    const explained = mutants.filter(({ id }) => Object.hasOwn(equivalent, id));
    expect(explained.map(({ id }) => id).sort()).toEqual(Object.keys(equivalent).sort());
    expect(explained.filter(({ parts }, at) => at % 30 === 0 && differenceOf(engineOf(parts)) !== null)).toEqual([]);
  });

  test('what a machine does otherwise is said', () => {
    const difference = differenceOf(engineOf(guard('carriesKey', () => true)(shipped.parts)));
    expect(difference).toContain('x {"type":"PolicyOffered","policyKey":"0"');
    expect(difference).toContain('AwaitingPolicy');
  });
});

describe('the report', () => {
  const [first, second] = mutants.map(({ id, kind }): Verdict => ({ id, kind, ...nothing }));

  test('a survivor fails, with what nobody noticed', () => {
    const report = reportOf([{ ...first!, difference: 'all is forgotten' }], {}, 1);
    expect(isClean(report)).toBe(false);
    expect(printed(report)).toContain(`${first!.id}\n  all is forgotten`);
  });

  test('a survivor that is explained does not', () => {
    expect(isClean(reportOf([first!], { [first!.id]: 'the same machine' }, 1))).toBe(true);
  });

  test.each<[string, Partial<Verdict>, string]>([
    ['is killed', { laws: 'a promise' }, 'killed by "a promise"'],
    ['is killed by a row', { rows: 'a row' }, 'killed by "a row"'],
    ['can be told from the shipped machine', { difference: 'a difference' }, 'not equivalent: a difference'],
  ])('an explanation of a mutant that %s fails', (_case, verdict, stale) => {
    const report = reportOf([{ ...first!, ...verdict }], { [first!.id]: 'the same machine' }, 1);
    expect([isClean(report), report.stale]).toEqual([false, [`${first!.id}: ${stale}`]]);
  });

  test('so does one of a mutant that does not exist', () => {
    expect(reportOf([], { gone: 'why not' }, 1).stale).toEqual(['gone: no such mutant']);
  });

  test('what only a row kills is listed, and fails nothing', () => {
    const report = reportOf(
      [
        { ...first!, rows: 'a row' },
        { ...second!, rows: 'a row', laws: 'a law' },
      ],
      {},
      1,
    );
    expect(report.killedByRowsOnly.map(({ id }) => id)).toEqual([first!.id]);
    expect(report.total).toMatchObject({ made: 2, byRows: 2, byLaws: 0, byLawsAlone: 1, survivors: 0 });
    expect(isClean(report)).toBe(true);
  });

  test('a mutant is judged by all', async () => {
    const id = 'NeedsReprovision.PolicyRequested[0]: target -> NeedsReprovision';
    const verdict = await judge(mutants.find((mutant) => mutant.id === id)!, true);
    expect(verdict.rows).not.toBeNull();
    expect(verdict.laws).not.toBeNull();
    expect(verdict.exploration).toMatch(/^I8: /);
  });
});

const nothing = { rows: null, laws: null, exploration: null, difference: null } as const;

const small: MachineParts = {
  config: {
    on: { Reset: { target: '.Unprovisioned', actions: ['forget', 'say'] } },
    states: {
      Unprovisioned: {},
      AwaitingPolicy: {},
      Acknowledging: {},
      Provisioned: {
        on: {
          Reset: [
            { guard: 'isOne', actions: 'say' },
            { guard: 'isTwo', target: 'Acknowledging' },
          ],
        },
      },
      NeedsReprovision: {},
    },
  },
  guards: { isOne: () => true, isTwo: () => false },
  updates: { forget: () => ({}) },
  effects: { say: { client: () => [], server: () => [] } },
};

function drawn(): readonly { readonly owner: string; readonly row: TransitionConfig }[] {
  const { on, states } = shipped.parts.config;
  const owners = [['*', on] as const, ...Object.entries(states).map(([name, node]) => [name, node.on ?? {}] as const)];
  return owners.flatMap(([owner, edges]) =>
    Object.values(edges).flatMap((rows) => [rows].flat().map((row) => ({ owner, row }))),
  );
}
