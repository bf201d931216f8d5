import { element, part } from './element.js';
import { runControls } from './run-controls.js';
import { createRunner } from './runner.js';
import { listenForKeys } from './shortcuts.js';
import type { Stage } from './stage.js';

/** Stepping back and forth through what is over. */
export function replay(stage: Stage): void {
  const runner = createRunner(
    async () => {
      stage.move(1);
      return stage.time.at < stage.time.end;
    },
    () => {
      stage.hush(runner.isOn);
      if (runner.isOn && stage.time.at === stage.time.end) stage.goTo(0);
      run.draw();
    },
  );
  const play = () => runner.run(!runner.isOn);
  const run = runControls(runner, { run: 'Play', pause: 'Pause' }, play);
  const back = element(
    'button',
    { type: 'button', 'aria-keyshortcuts': 'ArrowLeft', click: () => stage.move(-1) },
    'Back',
  );
  const on = element(
    'button',
    { type: 'button', 'aria-keyshortcuts': 'ArrowRight', click: () => stage.move(1) },
    'Forward',
  );
  const marks = element('button', { type: 'button', 'aria-keyshortcuts': 'm', click: stage.goToMark });
  const slider = element('input', { type: 'range', min: 0, step: 1, input: () => stage.goTo(slider.valueAsNumber) });
  const place = element('output', {});
  stage.onDrawn = () => {
    const { at, end } = stage.time;
    slider.max = String(end);
    slider.value = String(at);
    place.textContent = `${at} of ${end}`;
    back.setAttribute('aria-disabled', String(at === 0));
    on.setAttribute('aria-disabled', String(at === end));
    marks.hidden = stage.marks.length === 0;
    marks.replaceChildren(`Next mark (${stage.marks.length})`, element('kbd', { 'aria-hidden': 'true' }, 'm'));
  };
  part('run').append(back, on, marks, ...run.nodes, element('label', { class: 'place' }, 'Place ', slider), place);
  listenForKeys([
    { key: 'ArrowLeft', label: 'Back', act: () => stage.move(-1) },
    { key: 'ArrowRight', label: 'Forward', act: () => stage.move(1) },
    { key: 'r', label: 'Play or pause', act: play },
    { key: 'm', label: 'Next mark', act: stage.goToMark },
    { key: 'Escape', label: 'To the end', act: () => stage.goTo(null) },
  ]);
  run.draw();
  stage.onDrawn();
}
