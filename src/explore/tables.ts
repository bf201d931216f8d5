/** All that a row of numbers stands for. */
import type { Bounds } from './bounds.js';
import { createClientSide } from './client-side.js';
import { type AnswerMessage, createWire, type RequestMessage } from './messages.js';
import type { Parts } from './parts.js';
import { createServerSide } from './server-side.js';
import { createValues } from './values.js';

export type Tables = Awaited<ReturnType<typeof createTables>>;

export async function createTables(parts: Parts, bounds: Bounds) {
  const requests = createValues<RequestMessage>('request');
  const answers = createValues<AnswerMessage>('answer');
  const wire = await createWire(parts, bounds.version);
  const server = createServerSide(parts, bounds, wire, requests, answers);
  const client = createClientSide(parts, bounds, wire, requests, answers);
  return { parts, bounds, wire, requests, answers, server, client };
}
