import { createWbxml } from '../codec/index.js';
import type { CommandDraft, HttpResponse } from '../http/index.js';
import { isSuccess, wbxmlContentType } from '../http/index.js';
import { type CommandName, isCommandName, type QueryParameterName, queryParameters } from '../protocol/command.js';
import type { Element } from '../protocol/element.js';
import type { PolicyKey } from '../protocol/policy-key.js';
import { problem } from '../protocol/problem.js';
import { type Coder, err, ok, type Result } from '../protocol/result.js';
import type { ProtocolVersion } from '../protocol/version.js';
import type { HttpAttempt } from './attempt.js';
import type { Connection } from './connection.js';
import { draftIn, type Parameters, type QueryForm } from './draft.js';
import { type Answer, type CommandOutcome, troubleOf } from './outcome.js';
import { nothingRead, type Reading, readAnswer } from './reading.js';
import type { Settings } from './settings.js';

/** A command to send: a document to be written as WBXML, or a body as it is, or neither. */
export type CommandInput = {
  readonly name: CommandName;
  /** Of the query, those that the command and the query form have (MS-ASHTTP 2.2.1.1.1.2.5). */
  readonly parameters?: Parameters;
} & (
  | { readonly document?: Element; readonly body?: never; readonly contentType?: never }
  | {
      readonly body: Uint8Array;
      readonly document?: never;
      /** WBXML unless told otherwise. */
      readonly contentType?: string;
    }
);

/** A command that was sent, and what came of it. */
export interface Delivered extends Reading {
  readonly attempt: HttpAttempt | null;
  outcome(repeated: boolean): CommandOutcome;
}

export interface Courier {
  send(command: CommandInput, policyKey: PolicyKey): Promise<Delivered>;
}

export function createCourier(settings: Settings, connection: Connection, wbxml: Coder<Element, Uint8Array>): Courier {
  function documentOf(body: Uint8Array) {
    const document = wbxml.decode(body);
    return document.ok ? document.value : null;
  }

  function draftOf(
    input: CommandInput,
    policyKey: PolicyKey,
    protocolVersion: ProtocolVersion,
    form: QueryForm,
  ): Result<CommandDraft> {
    const { name, parameters = {}, document, contentType = wbxmlContentType } = input;
    if (!isCommandName(name)) return err(problem('ERR_QUERY_VALUE', 'No such command.'));
    if (!isCarried(parameters, form)) {
      return err(problem('ERR_QUERY_VALUE', 'A parameter that this form of query lacks.'));
    }
    const body = document ? boundless.encode(document) : ok(input.body ?? new Uint8Array());
    if (!body.ok) return body;
    const fields = {
      command: name,
      protocolVersion,
      policyKey: keyless.has(name) ? null : policyKey,
      contentType,
      body: body.value,
    };
    return ok(draftIn(form, settings, fields, parameters));
  }

  return {
    async send(input, policyKey) {
      const { result, attempt } = await connection.send(
        (version, form) => draftOf(input, policyKey, version, form),
        new AbortController().signal,
      );
      if (!result.ok) return { ...nothingRead, attempt, outcome: () => troubleOf(result.error) };
      const answer = answerOf(result.value, documentOf(result.value.body));
      const version = attempt?.protocolVersion ?? null;
      const reading = readAnswer({ name: input.name, policyKey, version }, answer);
      return { ...reading, attempt, outcome: (repeated) => outcomeOf(answer, reading, repeated, policyKey) };
    },
  };
}

/** What a command came to that was answered. */
export function outcomeOf(answer: Answer, { fact }: Reading, repeated: boolean, policyKey: PolicyKey): CommandOutcome {
  if (fact?.type === 'ReprovisionRequired') {
    return troubleOf({ kind: 'ReprovisionRequired', reason: fact.reason }, answer);
  }
  if (!isSuccess(answer.status)) return troubleOf({ kind: 'Rejected', scope: 'Http', status: answer.status }, answer);
  return { kind: 'Answered', ...answer, repeated, policyKey };
}

export function answerOf({ status, headers, body }: HttpResponse, document: Element | null): Answer {
  return { status, headers, body, document };
}

function isCarried(parameters: Parameters, form: QueryForm): boolean {
  return (Object.keys(parameters) as QueryParameterName[]).every((parameter) => {
    if (!Object.hasOwn(queryParameters, parameter)) return false;
    const { plain, tag } = queryParameters[parameter];
    return form === 'plain' ? plain : tag !== null;
  });
}

/** What the caller wants to send is as large as the caller wants it. */
const boundless = createWbxml({ bytes: 2 ** 30, text: 2 ** 30, elements: 2 ** 24 });

/** MS-ASPROV 3.1.5.1, R61103. */
const keyless: ReadonlySet<CommandName> = new Set(['Ping']);
