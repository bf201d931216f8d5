import { provisioningMachine } from '../../machines/index.js';

/** The machine as Stately's pages read one: JSON in which guards and actions are names. All of ours are. */
export const definition: string = definitionOf(provisioningMachine.config);

function definitionOf({ id, initial, states, on }: typeof provisioningMachine.config): string {
  return JSON.stringify({ id, initial, states, on });
}
