/** A probe as it is shown: a line for each attack, with the exchanges where a promise is broken. */
import { promiseOf } from '../probe/attacks.js';
import type { ProbeOptions } from '../probe/ports.js';
import type { AttackResult, ProbeExchange, ProbeReport, Trial, Verdict } from '../probe/report.js';
import type { Look } from './look.js';
import { printable } from './text.js';

/** What is about to happen. */
export function beginning(
  { endpoint, account }: Pick<ProbeOptions, 'endpoint' | 'account'>,
  { versions, devicePrefix }: Pick<ProbeReport, 'versions' | 'devicePrefix'>,
): readonly string[] {
  return [
    printable(`Probing ${endpoint} as ${account.user}, in ${versions.join(', ')}`),
    `Devices ${devicePrefix}0001 and on`,
    '',
  ];
}

/** One attack: its verdict, and why; exchanges of what is broken, or of everything. */
export function resultLines(result: AttackResult, isVerbose: boolean, look: Look): readonly string[] {
  const { id, attack, verdict, reason, evidence } = result;
  const shown = evidence.filter((trial) => isVerbose || trial.verdict === 'Broken');
  return [
    `${marked(verdict, look)} ${look.colors.bold(id.padEnd(24))} ${attack}`,
    ...(reason === null ? [] : [`${MARGIN}${words[verdict]}: ${printable(reason)}`]),
    ...shown.flatMap((trial) => trialLines(trial, isVerbose, look)),
  ];
}

/** What it all came to. */
export function summaryLines({ results, devices, leftBehind }: ProbeReport, { colors }: Look): readonly string[] {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const broken = [...new Set(results.filter(({ verdict }) => verdict === 'Broken').map(({ id }) => promiseOf(id)))];
  return [
    '',
    `${count('Holds')} hold, ${count('Broken')} broken, ${count('NotTried')} not tried; ${devices} devices`,
    ...(broken.length > 0 ? [colors.red(`Broken: ${broken.join(', ')}`)] : []),
    ...leftBehind.map((what) => `left behind: ${printable(what)}`),
  ];
}

/** The report as JSON, without bodies unless they were asked for. */
export function jsonReport(report: ProbeReport, isVerbose: boolean): unknown {
  if (isVerbose) return report;
  const results = report.results.map((result) => ({
    ...result,
    evidence: result.evidence.map((trial) => ({
      ...trial,
      exchanges: trial.exchanges.map(({ sent: _, received: __, ...exchange }) => exchange),
    })),
  }));
  return { ...report, results };
}

function marked(verdict: Verdict, { glyphs, colors }: Look): string {
  const mark = { Holds: colors.green(glyphs.done), Broken: colors.red(glyphs.refused), NotTried: colors.dim('--') };
  return mark[verdict].padEnd(2);
}

function trialLines({ protocolVersion, exchanges }: Trial, isVerbose: boolean, look: Look): readonly string[] {
  const lines = exchanges.flatMap((exchange) => exchangeLines(exchange, isVerbose, look));
  return [`${MARGIN}in ${protocolVersion}`, ...lines.map((line) => MARGIN + line)];
}

function exchangeLines(exchange: ProbeExchange, isVerbose: boolean, { glyphs }: Look): readonly string[] {
  const { command, request, as, protocolVersion, policyKey, headers, sent, httpStatus, status, received } = exchange;
  const manner = [
    policyKey === null ? 'no key' : `key ${policyKey}`,
    `protocol ${protocolVersion}`,
    ...(as === 'user' ? [] : [as]),
    ...headers,
  ].join(', ');
  const answer = httpStatus === null ? 'no answer' : `HTTP ${httpStatus}${status === null ? '' : `, Status ${status}`}`;
  const body = (text: string | null) => (isVerbose && text !== null ? [`      ${printable(text)}`] : []);
  return [
    printable(`${glyphs.toServer} ${isVerbose ? request : command}: ${manner}`),
    ...body(sent),
    printable(`${glyphs.toClient} ${answer}`),
    ...body(received),
  ];
}

const words: Readonly<Record<Verdict, string>> = { Holds: 'holds', Broken: 'broken', NotTried: 'not tried' };
const MARGIN = '     ';
