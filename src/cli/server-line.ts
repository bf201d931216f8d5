import { type ServerExchange, type ServerReason, type ServerReasonRow, serverReasons } from '../server/index.js';
import type { Look } from './look.js';
import { moves } from './moves.js';
import { cell, shortKey } from './text.js';

/** One exchange as the server saw it, as one line. */
export function serverLine(exchange: ServerExchange, look: Look): string {
  const { colors } = look;
  const { at, method, command, user, deviceId, protocolVersion, policyKey, httpStatus, state } = exchange;
  const key = policyKey === null ? '' : `key ${shortKey(policyKey, look)}`;
  return [
    colors.dim(timeOf(at)),
    colors.bold(cell(command ?? method, 10, look)),
    cell(user ?? '-', 12, look),
    cell(deviceId ?? '-', 14, look),
    cell(protocolVersion ?? '-', 4, look),
    cell(key, 12, look),
    (httpStatus < 300 ? colors.green : colors.red)(String(httpStatus)),
    colors.dim(cell(state?.name ?? '', 16, look)),
    happened(exchange, look),
  ]
    .join('  ')
    .trimEnd();
}

function happened({ reason, events, httpStatus }: ServerExchange, { colors }: Look): string {
  const told = events.map((event) => colors.cyan(event));
  return [...told, ...(reason ? [colors.yellow(refusal(reason, httpStatus))] : [])].join(', ');
}

/** The number only where it stood in the body; otherwise HTTP told, and its status is in the line already. */
function refusal(reason: ServerReason, httpStatus: number): string {
  const { status, meaning, move }: ServerReasonRow = serverReasons[reason];
  return `${httpStatus === 200 ? `${status} ` : ''}${reason}: ${meaning} Next: ${moves[move]}.`;
}

function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
