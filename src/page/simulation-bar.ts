import { type ProtocolVersion, protocolVersions } from '../protocol/version.js';
import type { MoveName } from '../simulation/moves.js';
import type { Simulation } from '../simulation/simulation.js';
import { element, part } from './element.js';
import { moveButton } from './move-buttons.js';
import { runControls } from './run-controls.js';
import type { Runner } from './runner.js';

/** The bar of a simulation: its clockwork, its version, and its address. */
export interface SimulationBar {
  draw(simulation: Simulation): void;
}

export function simulationBar(
  runner: Runner,
  on: {
    readonly move: (move: MoveName) => void;
    readonly run: () => void;
    readonly begin: (version: ProtocolVersion) => void;
    readonly say: (text: string) => void;
  },
): SimulationBar {
  const command = moveButton('command', on.move);
  const step = moveButton('step', on.move);
  const run = runControls(runner, { run: 'Run', pause: 'Pause' }, on.run);
  const next = part('next');
  const versions = Object.keys(protocolVersions).map((version) => element('option', { value: version }, version));
  const version = element('select', { change: () => on.begin(version.value as ProtocolVersion) }, ...versions);
  const reset = element('button', { type: 'button', click: () => on.begin(version.value as ProtocolVersion) }, 'Reset');
  const link = element('button', { type: 'button', click: () => void copy(location.href).then(on.say) }, 'Copy link');
  part('run').append(command.node, step.node, ...run.nodes);
  part('settings').append(element('label', {}, 'Protocol ', version), reset, link);
  return {
    draw(simulation) {
      const canStep = simulation.can('step');
      command.draw(simulation);
      step.draw(simulation);
      // What a person most likely wants next.
      command.node.classList.toggle('primary', !canStep);
      step.node.classList.toggle('primary', canStep);
      run.draw(canStep);
      version.value = simulation.protocolVersion;
      next.textContent = waitingText(simulation);
    },
  };
}

function waitingText({ waiting }: Simulation): string {
  return waiting.length === 0 ? 'Nothing waits.' : `Next: ${waiting.map(({ text }) => text).join('; then ')}`;
}

async function copy(address: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(address);
    return 'The link is copied. It holds everything that was done here.';
  } catch {
    return 'The browser did not let the link be copied; the address line holds it.';
  }
}
