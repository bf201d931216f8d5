import { element } from './element.js';
import { paceOf, type Runner } from './runner.js';

/** Run, pause and speed: for a simulation as for a replay. */
export interface RunControls {
  readonly nodes: readonly HTMLElement[];
  /** @param canRun whether there is anything to run; what runs can always be paused. */
  draw(canRun?: boolean): void;
}

/** @param toggle what a press of the button does. */
export function runControls(
  runner: Runner,
  words: { readonly run: string; readonly pause: string },
  toggle: () => void,
): RunControls {
  const button = element('button', { type: 'button', class: 'run', 'aria-keyshortcuts': 'r', click: toggle });
  const speed = element('input', { type: 'range', min: 0, max: 5, step: 1, value: 2 });
  const setPace = () => {
    runner.pace = paceOf(speed.valueAsNumber);
  };
  speed.addEventListener('input', setPace);
  setPace();
  return {
    nodes: [button, element('label', { class: 'speed' }, 'Speed ', speed)],
    draw(canRun = true) {
      const text = runner.isOn ? words.pause : words.run;
      if (button.firstChild?.textContent !== text) {
        button.replaceChildren(text, element('kbd', { 'aria-hidden': 'true' }, 'r'));
      }
      button.setAttribute('aria-disabled', String(!runner.isOn && !canRun));
    },
  };
}
