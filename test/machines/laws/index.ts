/** Every law of the machine, as data: `provisioning.laws.test.ts` registers them, `npm run mutants` puts mutants to them. */
import type { Law } from '../../support/law.js';
import { answerLaws } from './answers.js';
import { demandLaws } from './demands.js';
import { directiveLaws } from './directives.js';
import { effectLaws } from './effects.js';
import { keyLaws } from './keys.js';
import { memoryLaws } from './memory.js';
import { policyLaws } from './policies.js';
import { sideLaws } from './sides.js';
import { tryLaws } from './tries.js';
import { wipeLaws } from './wipes.js';

export const laws: readonly Law[] = [
  ...sideLaws,
  ...answerLaws,
  ...effectLaws,
  ...memoryLaws,
  ...keyLaws,
  ...policyLaws,
  ...demandLaws,
  ...wipeLaws,
  ...directiveLaws,
  ...tryLaws,
];
