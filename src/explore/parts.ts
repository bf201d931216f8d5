/** What is explored: the functions that ship, by name, so that a mutant of any of them can take its place. */
import { needsProvisioning, step } from '../../machines/index.js';
import { compose } from '../client/compose.js';
import { interpretAnswer } from '../client/interpret.js';
import { interpretCommand } from '../client/interpret-command.js';
import { remember } from '../client/memory.js';
import { readMemory, writeMemory } from '../client/stored-state.js';
import { composeProvision, composeRefusal } from '../server/compose.js';
import { createProvisioningServer } from '../server/create-server.js';
import { decideCommand, decideFact, decideProvision } from '../server/decide.js';
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
  interpretAnswer,
  interpretCommand,
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
  // What both adapters do between awaits, as small questions.
  /** Whether compare and set writes: nobody wrote since the record was read. */
  mayWrite: (isStale: boolean) => !isStale,
  /** Whether a call of `provision` begins an exchange, or joins the one under way. */
  beginsExchange: (isUnderWay: boolean) => !isUnderWay,
  /** Whether a command that waits for an exchange hears of its end. */
  hearsOfEnd: (verdict: string) => verdict !== '',
};

export type Parts = typeof shippedParts;
