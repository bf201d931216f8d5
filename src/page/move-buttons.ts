import { type MoveGroup, type MoveName, moveNames, moves } from '../simulation/moves.js';
import type { Simulation } from '../simulation/simulation.js';
import { element } from './element.js';

/** The moves of one group, as buttons; those that are one of several as radio buttons. */
export interface MoveControls {
  readonly node: HTMLElement;
  draw(simulation: Simulation): void;
}

type Act = (move: MoveName) => void;

export function moveControls(group: MoveGroup, legend: string, act: Act): MoveControls {
  const own = moveNames.filter((name) => moves[name].group === group);
  const buttons = own.filter((name) => !choices.some(({ of }) => name in of)).map((name) => moveButton(name, act));
  const radios = choices.filter(({ of }) => own.some((name) => name in of)).map((choice) => radioGroup(choice, act));
  const node = element(
    'fieldset',
    { class: 'moves' },
    element('legend', {}, legend),
    element('div', { class: 'buttons' }, ...buttons.map(({ node }) => node)),
    ...radios.map(({ node }) => node),
  );
  return {
    node,
    draw: (simulation) => {
      for (const each of [...buttons, ...radios]) each.draw(simulation);
    },
  };
}

export function moveButton(name: MoveName, act: Act): MoveControls & { readonly node: HTMLButtonElement } {
  const { label, meaning, key } = moves[name];
  const hint = key === null ? null : element('kbd', { 'aria-hidden': 'true' }, key);
  const attributes = { type: 'button', title: meaning, 'data-move': name, 'aria-keyshortcuts': key };
  const node = element('button', { ...attributes, click: () => act(name) }, label, hint);
  return {
    node,
    draw(simulation) {
      // A disabled button would lose the focus of whoever works by keyboard; this one only does nothing.
      const isPossible = simulation.can(name);
      node.setAttribute('aria-disabled', String(!isPossible));
    },
  };
}

interface Choice {
  readonly legend: string;
  readonly of: Readonly<Partial<Record<MoveName, (settings: Simulation['settings']) => boolean>>>;
}

/** Moves that set one thing to one of its values. */
const choices: readonly Choice[] = [
  {
    legend: 'When a policy comes',
    of: {
      accept: ({ applies }) => applies === 1,
      applyPartly: ({ applies }) => applies === 2,
      refuse: ({ applies }) => applies === 3,
      managedElsewhere: ({ applies }) => applies === 4,
    },
  },
  {
    legend: 'When a wipe comes',
    of: {
      confirmWipes: ({ confirmsWipes }) => confirmsWipes,
      refuseWipes: ({ confirmsWipes }) => !confirmsWipes,
    },
  },
];

function radioGroup({ legend, of }: Choice, act: Act): MoveControls {
  const rows = (Object.keys(of) as MoveName[]).map((name) => {
    const { label, meaning } = moves[name];
    const input = element('input', { type: 'radio', name: legend, 'data-move': name, change: () => act(name) });
    return { name, input, node: element('label', { title: meaning }, input, ` ${label}`) };
  });
  return {
    node: element('fieldset', { class: 'choice' }, element('legend', {}, legend), ...rows.map(({ node }) => node)),
    draw({ settings }) {
      for (const { name, input } of rows) input.checked = of[name]?.(settings) ?? false;
    },
  };
}
