import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showTranscript } from '../../src/cli/transcript-view.js';
import { err, ok } from '../../src/protocol/result.js';
import { anyText } from '../support/arbitraries/text.js';

const size = (body: Uint8Array) => (body.length === 1 ? err('one byte is none') : ok(`${body.length} bytes`));

test('both spellings of a record are read, empty bodies and lines are left out', () => {
  const short = { seq: 1, req: { line: 'OPTIONS / HTTP/1.1', bodyHex: '' }, res: { status: 200, bodyHex: '0301' } };
  const long = { seq: 2, request: { line: 'POST / HTTP/1.1', bodyHex: '03' }, response: { status: 449, bodyHex: '' } };
  expect(showTranscript(`${JSON.stringify(short)}\n\n${JSON.stringify(long)}\n`, size)).toEqual({
    ok: true,
    value: '#1 OPTIONS / HTTP/1.1\n#1 HTTP 200\n  2 bytes\n\n#2 POST / HTTP/1.1\n  one byte is none\n#2 HTTP 449',
  });
});

test('a line that is no exchange is named by its number', () => {
  const good = JSON.stringify({ seq: 1, req: { line: 'OPTIONS / HTTP/1.1' }, res: { status: 200 } });
  for (const bad of ['{', '[]', 'null', '7', '{"req":{}}', '{"req":{"line":"x"},"res":{"status":"200"}}']) {
    expect(showTranscript(`${good}\n${bad}`, size)).toEqual({ ok: false, error: 'line 2 is not a recorded exchange' });
  }
});

test('whatever is read, nothing throws and nothing moves the cursor', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), fc.json()), anyText(), (junk, line) => {
      showTranscript(junk, size);
      const shown = showTranscript(JSON.stringify({ req: { line, bodyHex: line }, res: { status: 200 } }), size);
      expect(shown.ok && shown.value).not.toMatch(/[^\P{Cc}\n]/u);
    }),
  );
});
