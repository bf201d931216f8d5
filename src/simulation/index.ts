/** Both sides in one place, step by step: for pages, for teaching, for reports of defects. */
export { createSimulation } from './create-simulation.js';
export { type MoveGroup, type MoveName, moveNames, moves } from './moves.js';
export { MAX_MOVES, type PermalinkProblem, permalink, type Session } from './permalink.js';
export { policyOf } from './policies.js';
export { factsOf, permalinkOf, resume } from './session.js';
export type { Simulation, SimulationSettings, Waiting } from './simulation.js';
