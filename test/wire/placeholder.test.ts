import { expect, test } from 'vitest';
import { filled, told } from './placeholder.js';

test('a placeholder is bound where it is first seen and stands for that from then on', () => {
  const bindings = new Map<string, string>();
  expect(told('Key=77, Key=77', 'Key={temporary}, Key={temporary}', bindings)).toBe('Key={temporary}, Key={temporary}');
  expect(filled('key={temporary} {first digit of temporary}', bindings)).toBe('key=77 7');
  expect(told('Key=77', 'Key={temporary}', bindings)).toBe('Key={temporary}');
  expect(told('Key=78, 77, 777', 'Key={temporary}', bindings)).toBe('Key=78, {temporary}, 777');
});

test.each([
  ['another text', 'Status=1', 'Status=2'],
  ['a pattern is text', 'Status=1', 'Status=.'],
  ['no number', 'Key=one', 'Key={new}'],
  ['two numbers for one name', 'Key=1, Key=2', 'Key={new}, Key={new}'],
  ['one number for two names', 'Key=1, Key=1', 'Key={new}, Key={other}'],
])('%s does not fit', (_what, seen, expected) => {
  const bindings = new Map<string, string>();
  expect(told(seen, expected, bindings)).toBe(seen);
  expect([...bindings]).toEqual([]);
});

test('a new placeholder never stands for what another does', () => {
  expect(told('Key=77', 'Key={permanent}', new Map([['temporary', '77']]))).toBe('Key={temporary}');
});

test('a placeholder that stands for nothing can not be filled in', () => {
  expect(() => filled('key={temporary}', new Map())).toThrow('nothing is bound to {temporary}');
});

test('braces that are no placeholder are text', () => {
  const text = '{50C13377-C66D-400C-889E-C316FC4AB374}';
  expect(filled(text, new Map())).toBe(text);
  expect(told(text, text, new Map())).toBe(text);
});
