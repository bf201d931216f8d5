import { element, part } from './element.js';
import { runControls } from './run-controls.js';
import { createRunner } from './runner.js';
import { listenForKeys } from './shortcuts.js';
import type { Stage } from './stage.js';

/** Stepping back and forth through what is over. */
export function replay(stage: Stage): void {
  const move = (by: number) => stage.goTo(Math.min(Math.max(stage.time.at + by, 0), stage.time.end));
  const runner = createRunner(
    async () => {
      move(1);
      return stage.time.at < stage.time.end;
    },
    () => {
      if (runner.isOn && stage.time.at === stage.time.end) stage.goTo(0);
      run.draw();
    },
  );
  const run = runControls(runner, { run: 'Play', pause: 'Pause' });
  const back = element('button', { type: 'button', 'aria-keyshortcuts': 'ArrowLeft', click: () => move(-1) }, 'Back');
  const on = element('button', { type: 'button', 'aria-keyshortcuts': 'ArrowRight', click: () => move(1) }, 'Forward');
  const slider = element('input', { type: 'range', min: 0, step: 1, input: () => stage.goTo(slider.valueAsNumber) });
  const place = element('output', {});
  stage.onDrawn = () => {
    const { at, end } = stage.time;
    slider.max = String(end);
    slider.value = String(at);
    place.textContent = `${at} of ${end}`;
    back.setAttribute('aria-disabled', String(at === 0));
    on.setAttribute('aria-disabled', String(at === end));
  };
  part('run').append(back, on, ...run.nodes, element('label', { class: 'place' }, 'Place ', slider), place);
  listenForKeys([
    { key: 'ArrowLeft', label: 'Back', act: () => move(-1) },
    { key: 'ArrowRight', label: 'Forward', act: () => move(1) },
    { key: 'r', label: 'Play or pause', act: () => runner.run(!runner.isOn) },
    { key: 'Escape', label: 'To the end', act: () => stage.goTo(null) },
  ]);
  run.draw();
  stage.onDrawn();
}
