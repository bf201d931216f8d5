import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wbxml } from '../../src/codec/index.js';
import { xmlView } from '../../src/codec/xml/index.js';
import type { Element } from '../../src/protocol/element.js';
import { everything, withoutSecrets } from '../../src/timeline/index.js';
import { tree } from '../codec/wbxml/trees.js';
import { anyElement } from '../support/arbitraries/element.js';
import { unwrap } from '../support/device.js';

describe('a body that others may see', () => {
  test('keeps its tags, and of its texts none but those that a row allows', () => {
    fc.assert(
      fc.property(fc.oneof(tree, anyElement), (root) => {
        const body = wbxml.encode(root);
        fc.pre(body.ok);
        const shown = withoutSecrets(() => 'K').body(unwrap(body));
        const whole = everything.body(unwrap(body));
        expect(shown.hex).toBeNull();
        expect(shown.xml === null).toBe(whole.xml === null);
        if (shown.xml === null || whole.xml === null) return;
        const [veiled, open] = [unwrap(xmlView.decode(shown.xml)), unwrap(xmlView.decode(whole.xml))];
        expect(tagsOf(veiled)).toEqual(tagsOf(open));
        for (const { name, content } of leavesOf(veiled)) {
          if (content === null || content === '' || content === '…') continue;
          // No key is no secret.
          if (name === 'Provision:PolicyKey') expect(content).toMatch(/^[K0]$/);
          else if (name.endsWith(':Status')) expect(content).toMatch(/^\d{1,5}$/);
          else expect([name, content]).toEqual(['Provision:PolicyType', expect.stringMatching(/^MS-(?:EAS|WAP)-/)]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('tells how a message is made, and nothing of what it sets', () => {
    const message: Element = {
      name: 'Provision:Provision',
      content: [
        { name: 'Settings:DeviceInformation', content: [{ name: 'Settings:Status', content: '1' }] },
        { name: 'Provision:Status', content: '1' },
        {
          name: 'Provision:Policies',
          content: [
            {
              name: 'Provision:Policy',
              content: [
                { name: 'Provision:PolicyType', content: 'MS-EAS-Provisioning-WBXML' },
                { name: 'Provision:Status', content: 'secret' },
                { name: 'Provision:PolicyKey', content: ' 0042 ' },
                {
                  name: 'Provision:Data',
                  content: [
                    {
                      name: 'Provision:EASProvisionDoc',
                      content: [{ name: 'Provision:MinDevicePasswordLength', content: '6' }],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    };
    const { xml } = withoutSecrets((key) => `alias of ${key}`).body(unwrap(wbxml.encode(message)));
    expect(xml).toBe(`<Provision xmlns="Provision" xmlns:settings="Settings">
  <settings:DeviceInformation>
    <settings:Status>1</settings:Status>
  </settings:DeviceInformation>
  <Status>1</Status>
  <Policies>
    <Policy>
      <PolicyType>MS-EAS-Provisioning-WBXML</PolicyType>
      <Status>…</Status>
      <PolicyKey>alias of 42</PolicyKey>
      <Data>
        <EASProvisionDoc>
          <MinDevicePasswordLength>…</MinDevicePasswordLength>
        </EASProvisionDoc>
      </Data>
    </Policy>
  </Policies>
</Provision>`);
  });

  test('hides every key unless told how to write it, but for key 0', () => {
    const { policyKey } = withoutSecrets();
    expect([policyKey('0'), policyKey('42')]).toEqual(['0', '…']);
  });

  test('that is none shows nothing', () => {
    expect(withoutSecrets().body(Uint8Array.of(1, 2, 3))).toEqual({ hex: null, xml: null });
  });
});

function tagsOf({ name, content }: Element): readonly unknown[] {
  return [name, Array.isArray(content) ? content.map(tagsOf) : content === null];
}

function leavesOf(root: Element): readonly Element[] {
  return Array.isArray(root.content) ? root.content.flatMap(leavesOf) : [root];
}
