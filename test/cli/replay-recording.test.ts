import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exchangeIn, isExchange } from '../../src/cli/replay-recording.js';
import { recordOf } from '../../src/cli/transcript.js';
import { exchanges } from '../support/transcripts.js';

const linesOf = (file: string) =>
  readFileSync(new URL(`../fixtures/transcripts/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
const files = [...new Set(exchanges.map(({ file }) => file))];

test.each(files)('%s is read as the tests read it, in both spellings', (file) => {
  const expected = exchanges.filter((exchange) => exchange.file === file);
  const read = linesOf(file).map((line, at) => exchangeIn(JSON.parse(line), at + 1));
  expect(read).toEqual(
    expected.map(({ seq, request, response }) => {
      const [method, url] = request.line.split(' ');
      return {
        ok: true,
        value: {
          seq,
          request: { method, url, headers: Object.fromEntries(request.headers), body: request.body },
          response: { status: response.status, headers: Object.fromEntries(response.headers), body: response.body },
        },
      };
    }),
  );
});

test('what --record writes is read, whatever was sent', () => {
  const header = fc.dictionary(fc.stringMatching(/^X-[a-z]{1,8}$/), fc.string());
  fc.assert(
    fc.property(
      header,
      fc.uint8Array(),
      fc.integer({ min: 100, max: 599 }),
      fc.uint8Array(),
      (headers, body, status, answer) => {
        const url = '/Microsoft-Server-ActiveSync?Cmd=FolderSync';
        const record = recordOf(3, 'test', { method: 'POST', url, headers, body }, { status, headers, body: answer });
        expect(exchangeIn(JSON.parse(JSON.stringify(record)), 1)).toEqual({
          ok: true,
          value: {
            seq: 3,
            request: { method: 'POST', url, headers, body },
            response: { status, headers, body: answer },
          },
        });
      },
    ),
  );
});

const good = {
  req: { line: 'POST /x HTTP/1.1', headers: [], bodyHex: '' },
  res: { status: 200, headers: [], bodyHex: '' },
};

describe('a line that is none', () => {
  test.each<[string, unknown, string]>([
    ['no object', 7, 'req'],
    ['no request', { res: good.res }, 'req'],
    ['no response', { req: good.req }, 'res'],
    ['no request line', { ...good, req: { ...good.req, line: 'POST' } }, 'req.line'],
    ['a status that is text', { ...good, res: { ...good.res, status: '200' } }, 'res.status'],
    ['a status out of range', { ...good, res: { ...good.res, status: 1000 } }, 'res.status'],
    ['headers that are no pairs', { ...good, req: { ...good.req, headers: [['a']] } }, 'req.headers'],
    ['headers that are no texts', { ...good, res: { ...good.res, headers: [['a', 1]] } }, 'res.headers'],
    ['half a byte', { ...good, req: { ...good.req, bodyHex: '012' } }, 'req.bodyHex'],
    ['digits that are none', { ...good, res: { ...good.res, bodyHex: '0g' } }, 'res.bodyHex'],
    ['digits that are a number', { ...good, res: { ...good.res, bodyHex: 12 } }, 'res.bodyHex'],
  ])('%s', (_what, json, path) => {
    expect(exchangeIn(json, 9)).toMatchObject({ ok: false, error: { code: 'ERR_REPLAY_RECORDING', line: 9, path } });
  });

  test('is refused, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('req', 'res', 'request', 'response', 'seq'), (json, part) => {
        const read = exchangeIn({ ...good, [part]: json }, 1);
        expect(read.ok || read.error.code === 'ERR_REPLAY_RECORDING').toBe(true);
      }),
    );
  });

  test('without a number of its own has that of its line', () => {
    expect(exchangeIn(good, 5)).toMatchObject({ ok: true, value: { seq: 5 } });
    expect(isExchange(good)).toBe(true);
    expect(isExchange({ kind: 'Note' })).toBe(false);
  });
});
