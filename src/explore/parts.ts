/** What is explored: the functions that ship, by name, so that a mutant of any of them can take its place. */
import { needsProvisioning, step } from '../../machines/index.js';
import { compose } from '../client/compose.js';
import { afterAnswer, afterExchange, afterLook, firstOf, isAboutAgreement, settledBy } from '../client/course.js';
import { beginning, factAfter, nextInExchange, questionOf, withEffects, withTold } from '../client/exchange-loop.js';
import { interpretAnswer } from '../client/interpret.js';
import { remember } from '../client/memory.js';
import { readAnswer } from '../client/reading.js';
import { readMemory, writeMemory } from '../client/stored-state.js';
import { firstFacts, takeFact } from '../client/take-fact.js';
import { composeProvision, composeRefusal } from '../server/compose.js';
import { createProvisioningServer } from '../server/create-server.js';
import { decideCommand, decideFact, decideProvision } from '../server/decide.js';
import { afterDeciding, afterWriting } from '../server/race.js';
import { readProvision } from '../server/read-provision.js';
import { formatRecord, parseRecord } from '../server/record.js';
import { ordered } from '../server/record-changes.js';

export const shippedParts = {
  // The client.
  step,
  needsProvisioning,
  remember,
  readMemory,
  writeMemory,
  compose,
  questionOf,
  interpretAnswer,
  readAnswer,
  // Its exchange: what comes next.
  takeFact,
  firstFacts,
  beginning,
  nextInExchange,
  factAfter,
  withTold,
  withEffects,
  // Its commands: where they go.
  firstOf,
  isAboutAgreement,
  settledBy,
  afterAnswer,
  afterExchange,
  afterLook,
  // The server.
  readProvision,
  decideProvision,
  decideCommand,
  decideFact,
  ordered,
  formatRecord,
  parseRecord,
  composeProvision,
  composeRefusal,
  createProvisioningServer,
  // Its store: who writes, and who reads again.
  afterDeciding,
  afterWriting,
  // What promises and the store do, which are not ours, as small questions.
  /** Whether compare and set writes: nobody wrote since the record was read. */
  mayWrite: (isStale: boolean) => !isStale,
  /** Whether a call of `provision` begins an exchange, or joins the one under way. */
  beginsExchange: (isUnderWay: boolean) => !isUnderWay,
  /** Whether a command that waits for an exchange hears of its end. */
  hearsOfEnd: () => true,
};

export type Parts = typeof shippedParts;
