/** The laws lie in `laws`, one file for each matter. */
import { register } from '../support/law.js';
import { laws } from './laws/index.js';

for (const law of laws) register(law);
