/**
 * Mutants of the sources that no test can notice, and why: what was written, what stands there instead, and, where the
 * same stands elsewhere in the file, a part of the line. A row whose mutants are all killed fails the run.
 */
export const equivalent = {
  'machines/provisioning.admission.ts': [
    { from: 'reason !== null', to: 'true', why: 'no reason has no rank either; only the type needs to hear it' },
  ],
  'machines/provisioning.compile.ts': [
    { from: '/^\\./', to: '/\\./', why: 'the name of a state has no dot within it: XState does not allow one' },
    {
      from: "typeof name === 'string'",
      to: 'true',
      why: 'what is no text names nothing; only the type needs to hear it',
    },
  ],
  'machines/provisioning.guards.ts': [
    {
      from: "!is(event, 'ProvisionRejected')",
      to: 'false',
      why: 'no other fact has a scope and a Status that the lines after it look for',
    },
  ],
  'machines/provisioning.record-fields.ts': [
    { from: 'value === null', to: 'false', line: "typeof value !== 'object'", why: 'null was let pass before' },
  ],
  'machines/provisioning.record.ts': [
    {
      from: 'migrations[current.v]?.(current)',
      to: 'migrations[current.v](current)',
      why: 'the line above has seen that it is there; only the type asks',
    },
  ],
  'machines/provisioning.step.ts': [
    { from: 'asked.length === 0', to: 'false', why: 'saves a copy of a list: the same list results' },
  ],
  'src/client/agreement.ts': [
    {
      from: '{ if (!(failure instanceof HostFailure)) throw failure; }',
      to: '{}',
      why: 'only a fault of this library is no HostFailure here',
    },
    { from: '!(failure instanceof HostFailure)', to: 'false', why: 'likewise' },
    { from: 'policy === null', to: 'false', why: 'no policy is four characters of JSON, and so never too long' },
  ],
  'src/client/client.ts': [
    {
      from: "{ kind: 'ExchangeFailed', fault: 'Aborted' }",
      to: '{}',
      why: 'an exchange that begins with a request ends in a report; only the type needs an outcome for none',
    },
    { from: "'ExchangeFailed'", to: '""', line: 'const aborted', why: 'likewise' },
    { from: "'Aborted'", to: '""', line: 'const aborted', why: 'likewise' },
  ],
  'src/client/connection.ts': [
    { from: "{ request: null, target: '' }", to: '{}', why: 'both are set before anything can come of them' },
    { from: "''", to: '"Stryker was here!"', line: 'target', why: 'likewise' },
    { from: "{ result: noAnswer('Aborted'), attempt }", to: '{}', why: 'nobody waits for it any more' },
    { from: "'Aborted'", to: '""', why: 'likewise' },
  ],
  'src/client/cookies.ts': [
    { from: "''", to: '"Stryker was here!"', line: 'Set-Cookie', why: 'a text without = sets no cookie either' },
    { from: 'expires !== undefined', to: 'true', why: 'no date has not passed; only the type asks' },
  ],
  'src/client/exchange-loop.ts': [
    { from: '[]', to: '["Stryker was here"]', line: "kind: 'Take'", why: 'what the fact asks for takes its place' },
  ],
  'src/client/exchange.ts': [
    {
      from: '!body.ok',
      to: 'false',
      why: 'what the device says of itself is looked at with the options; only the type asks',
    },
    { from: '[]', to: '["Stryker was here"]', line: 'unawaited', why: 'to wait for a text is to wait for nothing' },
    { from: "event.type === 'RetryDue'", to: 'true', why: 'the client sets no other timer; only the type asks' },
    { from: "pending?.kind !== 'Policy'", to: 'false', why: 'without an offer the key is 0, which the line asks next' },
  ],
  'src/client/interpret.ts': [
    { from: "'account'", to: '""', line: 'carriesWipe', why: 'every version carries the other scope' },
    {
      from: "fact.type === 'ProvisionRejected'",
      to: 'true',
      why: 'no other fact has the scope Http; only the type needs to hear it',
    },
    { from: 'status === undefined', to: 'false', why: 'two lines on it says nothing either, being no number' },
  ],
  'src/client/outcome.ts': [
    { from: "failure.kind === 'ExchangeFailed'", to: 'true', why: 'no other failure has a fault; only the type asks' },
  ],
  'src/client/ports.ts': [
    { from: '{ once: true }', to: '{}', why: 'a signal is aborted once; a second stop would change nothing' },
    { from: 'true', to: 'false', line: 'once', why: 'likewise' },
  ],
  'src/client/settings.ts': [
    { from: '{ enforces: [] }', to: '{}', why: 'options without capabilities and applyPolicy are refused' },
    { from: '[]', to: '["Stryker was here"]', line: 'enforces', why: 'likewise' },
  ],
  'src/client/site.ts': [
    { from: "''", to: '"Stryker was here!"', why: 'a text has a first part; that of none is no URL either' },
    {
      from: 'isAddress(host) || isAddress(otherHost)',
      to: 'isAddress(host) && isAddress(otherHost)',
      why: 'no name ends as an address does',
    },
    {
      from: '/^127(?:\\.\\d{1,3}){3}$/',
      to: '/127(?:\\.\\d{1,3}){3}$/',
      why: 'no other host ends so: it would be an address of five numbers',
    },
  ],
  'src/client/stored-state.ts': [
    {
      from: "typeof value !== 'string'",
      to: 'false',
      why: 'a place that is no text is equal to none; only the type asks',
    },
    { from: 'value === undefined', to: 'false', why: 'nothing is no policy either' },
    {
      from: "typeof value.base64 === 'string'",
      to: 'true',
      why: 'what is no text has no length, and so none that base64 has; only the type asks',
    },
    { from: 'Number(value) >= 0', to: 'Number(value) > 0', why: 'none is 0 either way' },
    { from: "''", to: '"Stryker was here!"', line: 'text.ok', why: 'there are no bytes without a base64 form' },
    { from: '{ return null; }', to: '{}', why: 'undefined is no object either' },
  ],
  'src/codec/content.ts': [{ from: '{ return undefined; }', to: '{}', why: 'nothing is returned either way' }],
  'src/codec/message-part.ts': [
    { from: 'at < names.indexOf(before)', to: 'at <= names.indexOf(before)', why: 'two names are not in one place' },
    { from: '[]', to: '["Stryker was here"]', line: 'children ??', why: 'refused already; a text has no name' },
  ],
  'src/codec/policy-value.ts': [
    {
      from: "kind.type === 'list'",
      to: 'true',
      why: 'the other values are written two lines above; only the type asks',
    },
  ],
  'src/codec/provision-request.ts': [
    {
      from: '[]',
      to: '["Stryker was here"]',
      line: 'policies = ',
      why: 'a text has no Status, and so none that is wrong',
    },
  ],
  'src/codec/provision-response.ts': [
    {
      from: '[]',
      to: '["Stryker was here"]',
      line: 'policies = ',
      why: 'a text has no Status, and so none that is wrong',
    },
    {
      from: "policy.part('Provision:Data')?.child",
      to: "policy.part('Provision:Data').child",
      why: 'Data is there, by the line above; only the type asks',
    },
    { from: 'found.path === undefined', to: 'false', why: 'every problem of a policy has a path; only the type asks' },
  ],
  'src/codec/wbxml/decode.ts': [
    { from: 'reader.accept(usualHeader)', to: 'false', why: 'a quick path: field by field the same is read' },
    { from: '([, value]) => value', to: '() => undefined', why: 'likewise: the quick path is never taken' },
    { from: "'inside'", to: '""', why: 'whatever is not the root is inside' },
  ],
  'src/codec/wbxml/reader.ts': [
    { from: 'page === null', to: 'false', why: 'the byte after the end is missing too; only the type asks' },
    { from: 'bits < 0x80', to: 'false', why: 'promises ASCII for a quicker way to the same text' },
  ],
  'src/codec/wbxml/tags.ts': [
    {
      from: '[]',
      to: '["Stryker was here"]',
      line: 'rows.get(token)',
      why: 'of a row only what follows its token is read',
    },
  ],
  'src/codec/wbxml/tokens.ts': [
    { from: 'byte < 0x80', to: 'byte <= 0x80', why: '0x80 has no identity bits, and so is no tag either way' },
  ],
  'src/codec/wbxml/utf8.ts': [
    { from: 'ascii && end - start < LONG', to: 'false', why: 'two ways to the same text, one quicker' },
    { from: 'end - start < LONG', to: 'true', why: 'likewise' },
    { from: 'end - start < LONG', to: 'end - start <= LONG', why: 'likewise' },
    { from: 'end - start < LONG', to: 'end - start >= LONG', why: 'likewise' },
    { from: 'end - start', to: 'end + start', why: 'likewise' },
  ],
  'src/codec/wbxml/value.ts': [{ from: "'inside'", to: '""', why: 'whatever is not the root is inside' }],
  'src/codec/wbxml/writer.ts': [
    {
      from: 'this.#bytes.length <= KEPT',
      to: 'true',
      why: 'which buffer is kept for the next document costs memory only',
    },
    { from: 'this.#bytes.length <= KEPT', to: 'false', why: 'likewise' },
    { from: 'this.#bytes.length <= KEPT', to: 'this.#bytes.length < KEPT', why: 'likewise' },
    { from: 'this.#bytes.length <= KEPT', to: 'this.#bytes.length > KEPT', why: 'likewise' },
    { from: 'this.length === this.#bytes.length', to: 'true', why: 'saves a call that finds room enough' },
    { from: 'shift > 0', to: 'shift >= 0', line: 'while', why: 'only 0 gets there, and is one byte either way' },
    { from: 'unit === 0 || unit >= 0x80', to: 'true', why: 'a quick path for ASCII: the encoder writes the same' },
    {
      from: 'needed <= this.#bytes.length',
      to: 'needed < this.#bytes.length',
      why: 'a buffer that is just full grows early',
    },
  ],
  'src/codec/xml/namespaces.ts': [
    { from: 'declared.length === 0', to: 'false', why: 'saves a copy of the scope: the same pages are declared in it' },
    { from: "''", to: '"Stryker was here!"', line: 'local = ', why: 'no tag has either name: the name is refused' },
    { from: '[]', to: '["Stryker was here"]', line: 'local = ', why: 'of a match only what follows the first is read' },
  ],
  'src/codec/xml/strict.ts': [
    {
      from: 'false',
      to: 'true',
      line: 'jPath',
      why: 'how a place is told to callbacks, of which there are none: costs time only',
    },
  ],
  'src/codec/xml/tokens.ts': [
    { from: 'dashes < 0', to: 'dashes <= 0', why: 'the search begins behind <!--' },
    { from: 'end < 0', to: 'end <= 0', why: 'the end stands behind <![CDATA[' },
    { from: 'next < 0', to: 'next <= 0', why: 'what begins with < is no character data' },
    { from: 'reference >= 0', to: 'reference > 0', line: 'from + reference', why: 'a quotation mark stands before' },
  ],
  'src/codec/xml/wap-elements.ts': [
    { from: "typeof number === 'number'", to: 'true', why: 'null and undefined are above nothing; only the type asks' },
  ],
  'src/http/compose-request.ts': [
    { from: 'user !== undefined', to: 'true', why: 'no query writes a field that is undefined; only the type asks' },
    { from: "'base64'", to: '""', line: "form: 'base64',", why: 'a query that is not plain is written in base64' },
  ],
  'src/http/headers.ts': [
    {
      from: 'key.length === wanted.length',
      to: 'true',
      why: 'saves time: the name of a field is ASCII, and so as long in lower case',
    },
    {
      from: 'headers[key]?.trim',
      to: 'headers[key].trim',
      why: 'a field that was found has a value; only the type asks',
    },
    {
      from: 'value.length > maxCredentialsLength',
      to: 'value.length >= maxCredentialsLength',
      line: 'ok(value)',
      why: 'what is written has six characters and a multiple of four, never just 4096',
    },
    { from: '!bytes.ok', to: 'false', why: 'no bytes are the empty text, which has no colon; only the type asks' },
  ],
  'src/http/http-date.ts': [
    { from: "''", to: '"Stryker was here!"', why: 'a date that matches has a month; only the type asks' },
  ],
  'src/http/http-status.ts': [{ from: 'status >= 500', to: 'status > 500', why: '500 has a row of its own' }],
  'src/http/plain-query.ts': [
    {
      from: 'offset < text.length',
      to: 'offset <= text.length',
      why: 'behind the end is an empty pair, which says nothing',
    },
    { from: '!/[%+]/.test(text)', to: 'false', why: 'saves time: a text without escapes is unescaped to itself' },
    { from: '[field, field]', to: '[]', why: 'saves time: the lower-case name is looked up otherwise' },
  ],
  'src/http/request.ts': [
    {
      from: "query.form === 'base64'",
      to: 'true',
      line: 'presented',
      why: 'a plain query has no key; only the type asks',
    },
    { from: 'end < 0', to: 'end <= 0', line: 'resource', why: 'what begins with ? is not our path either way' },
  ],
  'src/http/response.ts': [
    {
      from: 'value === null',
      to: 'false',
      line: 'value === null)',
      why: 'null is neither date nor digits; only the type asks',
    },
  ],
  'src/protocol/ascii.ts': [
    { from: 'at + 8 <= end', to: 'false', why: 'saves time: the loop below reads the same' },
    { from: 'at + 8 <= end', to: 'at + 8 < end', why: 'likewise' },
  ],
  'src/protocol/base64.ts': [
    {
      from: 'value < alphabet.length',
      to: 'value <= alphabet.length',
      why: 'behind the last letter is none: no place of the table is set',
    },
  ],
  'src/protocol/policy-key.ts': [
    {
      from: 'isIssuablePolicyKey(presented)',
      to: 'false',
      why: 'saves time: a key in its one form is given back as it is',
    },
  ],
  'src/protocol/policy.ts': [
    {
      from: '[]',
      to: '["Stryker was here"]',
      line: 'carried.get',
      why: 'every version has a list; only the type asks',
    },
    { from: "'range'", to: '""', why: 'it stands for whatever is not the type alone' },
  ],
  'src/server/answer-command.ts': [
    { from: "'HostFailed'", to: '""', why: 'a reason without a row fails, and what fails is answered as HostFailed' },
  ],
  'src/server/answer-provision.ts': [
    {
      from: "'Provision'",
      to: '""',
      line: 'status: 3',
      why: 'whatever scope is neither Http nor Policy is written as that of Provision',
    },
  ],
  'src/server/catch-up.ts': [
    {
      from: "event.type !== 'PolicyDetermined'",
      to: 'false',
      why: 'the machine sets no other timer when a policy is determined; only the type asks',
    },
    { from: 'transitions.length === 0', to: 'false', why: 'saves a copy of a list: the same list results' },
  ],
  'src/server/compose.ts': [
    {
      from: "response.kind === 'RejectionResponse'",
      to: 'true',
      why: 'no other response has the scope Http, or a status that HTTP has one for; only the type asks',
    },
    {
      from: 'true',
      to: 'false',
      line: 'accountOnlyRemoteWipe: true',
      why: 'that it is there says it: an empty element, whose type has no false',
    },
  ],
  'src/server/decide.ts': [
    {
      from: 'scope === null',
      to: 'false',
      why: 'where no policy is asked, nothing is refused but for a wipe, which has a scope; only the type asks',
    },
    { from: "'Strict'", to: '""', why: 'the machine is strict with whatever is none of the three other requirements' },
    { from: "kind === 'Provisioned'", to: 'true', why: 'a key that is only repeated comes with no outcome at all' },
  ],
  'src/server/exchange.ts': [
    { from: 'transition.effects.length > 0', to: 'true', why: 'saves two lists: the same comes of it' },
    { from: 'transition.effects.length > 0', to: 'transition.effects.length >= 0', why: 'likewise' },
  ],
  'src/server/inspected.ts': [
    { from: 'inspect', to: 'true', why: 'to call nobody fails, and the failure is not heard' },
  ],
  'src/server/note.ts': [
    {
      from: 'settings.observe?.(note)',
      to: 'settings.observe(note)',
      why: 'to call nobody fails, and a failure of the observer’s is not heard',
    },
  ],
  'src/server/settings-command.ts': [
    { from: "typeof parent === 'string'", to: 'false', why: 'a text has no content either; only the type asks' },
    { from: "'string'", to: '""', line: 'typeof parent', why: 'likewise' },
  ],
  'src/server/store.ts': [
    {
      from: '[]',
      to: '["Stryker was here"]',
      why: 'one row is never used, or has another name: nobody sees which a device has',
    },
    {
      from: 'row === undefined',
      to: 'false',
      line: 'versions[row] !== expected',
      why: 'without a row there is no version to be equal to; only the type asks',
    },
    { from: "''", to: '"Stryker was here!"', why: 'nobody reads the text of a free row: it only lets the memory go' },
  ],
  'src/server/to-node-listener.ts': [
    { from: "'GET'", to: '""', why: 'a request that Node has read has a method; only the type asks' },
    { from: "'/'", to: '""', why: 'likewise' },
    { from: "headers['set-cookie'] === undefined", to: 'false', why: 'saves a copy: the same fields result' },
  ],
};
