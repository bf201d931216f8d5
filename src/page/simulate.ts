import { start } from '../../machines/index.js';
import type { ProtocolVersion } from '../protocol/version.js';
import { createSimulation, type MoveName, permalinkOf, resume, type Simulation } from '../simulation/index.js';
import { part } from './element.js';
import { invitation } from './invitation.js';
import { moveControls } from './move-buttons.js';
import { createRunner } from './runner.js';
import { backToNow, listenForKeys, moveShortcuts } from './shortcuts.js';
import { simulationBar } from './simulation-bar.js';
import type { Stage } from './stage.js';

/** Both real adapters in this page, and every move that a person can make. The address holds what was done. */
export async function simulate(stage: Stage, permalink: string | null): Promise<void> {
  const restored = permalink === null ? null : await resume(permalink);
  let simulation: Simulation = restored?.ok ? restored.value : await createSimulation({ protocolVersion: usual });
  let done: Promise<void> = Promise.resolve();

  const draw = () => {
    for (const group of groups) group.draw(simulation);
    bar.draw(simulation);
  };
  const show = () => {
    stage.show({ mode: 'simulation', title: 'Both sides, in this page', entries: simulation.entries, initial });
    draw();
  };
  const keep = () => {
    history.replaceState(null, '', `#s=${permalinkOf(simulation)}`);
    show();
  };
  // One after another, however fast a person is.
  const soon = (task: () => Promise<void>): Promise<void> => {
    done = done.then(task);
    return done;
  };
  const act = (move: MoveName) =>
    soon(async () => {
      if (!simulation.can(move)) return;
      await simulation.do(move);
      keep();
    });
  const begin = (protocolVersion: ProtocolVersion) => {
    runner.run(false);
    void soon(async () => {
      simulation = await createSimulation({ protocolVersion });
      keep();
    });
  };
  const runner = createRunner(
    async () => {
      await act('step');
      return simulation.waiting.length > 0;
    },
    () => {
      stage.hush(runner.isOn);
      draw();
    },
  );
  const run = () => {
    if (runner.isOn || simulation.waiting.length > 0) runner.run(!runner.isOn);
    else stage.say('Nothing waits. A command of the device sets things going.');
  };
  const play = () => {
    part('exchange').focus();
    void act('command').then(() => runner.run(true));
  };

  const bar = simulationBar(runner, { move: act, run, begin, say: stage.say });
  const groups = places.map(({ group, legend, place }) => {
    const controls = moveControls(group, legend, act);
    part(place).append(controls.node);
    return controls;
  });
  part('empty').append(...invitation(play));
  listenForKeys([...moveShortcuts(act), { key: 'r', label: 'Run or pause', act: run }, backToNow(stage)]);
  stage.say('Nothing happened yet.');
  show();
  if (restored?.ok === false) stage.say(`The link holds no session that can be shown: ${restored.error.message}`);
}

/** The newest version that most servers speak. */
const usual: ProtocolVersion = '14.1';

const initial = { client: start('client'), server: start('server') };

/** Where on the page a group of moves stands: beside what it concerns. */
const places = [
  { group: 'device', legend: 'What the device does', place: 'device-moves' },
  { group: 'link', legend: 'Next message', place: 'link-moves' },
  { group: 'administrator', legend: 'What the administrator does', place: 'server-moves' },
  { group: 'server', legend: 'What the server does', place: 'server-moves' },
] as const;
