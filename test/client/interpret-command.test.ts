import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandStatus, interpretCommand } from '../../src/client/interpret-command.js';
import { wbxml } from '../../src/codec/index.js';
import type { Element } from '../../src/protocol/element.js';
import { exchanges } from '../support/transcripts.js';

const reasons = {
  140: 'RemoteWipeRequested',
  141: 'LegacyDeviceOnStrictPolicy',
  142: 'DeviceNotProvisioned',
  143: 'PolicyRefresh',
  144: 'InvalidPolicyKey',
} as const;

describe('interpretCommand', () => {
  test('449 is a demand whatever the body, and names the key the command was sent under', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat().map(String), (body, policyKey) => {
        const fact = interpretCommand({ status: 449, body }, decoded(body), policyKey);
        expect(fact).toEqual({ type: 'ReprovisionRequired', policyKey, reason: 'Unspecified' });
      }),
    );
  });

  test('other failures of HTTP tell nothing, whatever the body', () => {
    const failures = fc.integer({ min: 300, max: 599 }).filter((status) => status !== 449);
    fc.assert(
      fc.property(failures, fc.integer({ min: 0, max: 200 }), (status, code) => {
        expect(tell(status, 'FolderHierarchy:FolderSync', 'FolderHierarchy:Status', code)).toBeNull();
      }),
    );
  });

  test('with success, the codes 140 to 144 are demands, lower ones admit, other common ones tell nothing', () => {
    for (let code = 0; code <= 400; code++) {
      const fact = tell(200, 'AirSync:Sync', 'AirSync:Status', code);
      if (code >= 140 && code <= 144) expect(fact).toMatchObject({ type: 'ReprovisionRequired' });
      else if (code <= 100) expect(fact).toEqual({ type: 'CommandAdmitted', policyKey: '9' });
      else expect(fact).toBeNull();
    }
  });

  test.each(Object.entries(reasons))('%s is %s (MS-ASCMD 2.2.2)', (code, reason) => {
    const fact = tell(200, 'FolderHierarchy:FolderSync', 'FolderHierarchy:Status', Number(code));
    expect(fact).toEqual({ type: 'ReprovisionRequired', policyKey: '9', reason });
  });

  test('the Status may stand in another code page than the root (field notes)', () => {
    expect(tell(200, 'FolderHierarchy:FolderSync', 'AirSync:Status', 142)).toMatchObject({ reason: reasons[142] });
  });

  test('nothing beside it is the Status', () => {
    const [key, status] = [
      { name: 'AirSync:SyncKey', content: '142' },
      { name: 'AirSync:Status', content: '1' },
    ];
    expect(commandStatus({ name: 'AirSync:Sync', content: [key, status] })).toBe(1);
    expect(commandStatus({ name: 'AirSync:Sync', content: [key] })).toBeNull();
  });

  test('a Status deeper in the document is not that of the command', () => {
    const collection: Element = { name: 'AirSync:Collection', content: [{ name: 'AirSync:Status', content: '142' }] };
    const document: Element = { name: 'AirSync:Sync', content: [collection] };
    expect(commandStatus(document)).toBeNull();
    expect(interpretCommand({ status: 200, body: Uint8Array.of(3) }, document, '9')).toMatchObject({
      type: 'CommandAdmitted',
    });
  });

  test('an empty body admits, as Sync without changes; one that is no document tells nothing', () => {
    expect(interpretCommand({ status: 200, body: new Uint8Array() }, null, '9')).toMatchObject({
      type: 'CommandAdmitted',
    });
    expect(interpretCommand({ status: 200, body: new Uint8Array(9) }, null, '9')).toBeNull();
  });

  test('commandStatus is total over documents', () => {
    for (const content of [null, '', '142', Uint8Array.of(1), [], []]) {
      expect(commandStatus({ name: 'AirSync:Sync', content })).toBeNull();
    }
    for (const content of ['x', '7 x', 'x 7', '7.0', '1234567890', '', Uint8Array.of(7), null]) {
      expect(commandStatus({ name: 'AirSync:Sync', content: [{ name: 'AirSync:Status', content }] })).toBeNull();
    }
    expect(commandStatus(null)).toBeNull();
    expect(commandStatus({ name: 'AirSync:Sync', content: [{ name: 'AirSync:Status', content: ' 7 ' }] })).toBe(7);
  });
});

describe('recorded answers to commands', () => {
  const recorded = exchanges.filter(({ request: { line } }) => /Cmd=(?!Provision)/.test(line));
  test.each(recorded.map((exchange) => [`${exchange.file} ${exchange.seq}`, exchange] as const))(
    '%s',
    (_, exchange) => {
      const { status, body, xml = '' } = exchange.response;
      const fact = interpretCommand({ status, body }, decoded(body), '9');
      const demand = status === 449 ? 'Unspecified' : /^\S+\s*<\w+:Status>(14\d)</.exec(xml)?.[1];
      expect(fact?.type).toBe(demand ? 'ReprovisionRequired' : 'CommandAdmitted');
    },
  );
});

function tell(http: number, root: string, name: string, code: number) {
  const document: Element = { name: root, content: [{ name, content: String(code) }] };
  const body = wbxml.encode(document);
  return interpretCommand({ status: http, body: body.ok ? body.value : new Uint8Array() }, document, '9');
}

function decoded(body: Uint8Array): Element | null {
  const document = wbxml.decode(body);
  return document.ok ? document.value : null;
}
