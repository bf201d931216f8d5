import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as xml from '../../../src/codec/xml/index.js';

const sources = new URL('../../../src/', import.meta.url);
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

it('exports two coders', () => {
  expect(Object.keys(xml).sort()).toEqual(['wapPolicy', 'xmlView']);
});

it('has the only file that imports fast-xml-parser', () => {
  const importing = files.filter((file) => /from 'fast-xml-parser'/.test(readFileSync(new URL(file, sources), 'utf8')));
  expect(importing).toEqual(['codec/xml/strict.ts']);
});

it('is imported by nothing beside it in src/codec, src/protocol and src/http', () => {
  const core = files.filter((file) => /^(codec|protocol|http)\//.test(file) && !file.startsWith('codec/xml/'));
  expect(core).toContain('codec/wbxml/index.ts');
  for (const file of core) expect(readFileSync(new URL(file, sources), 'utf8')).not.toMatch(/from '[^']*\/xml\//);
});
