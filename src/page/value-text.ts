/** Plain data in a few words: enough to recognize it by, whatever its shape. */
export function valueText(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  if (value === Number.MAX_SAFE_INTEGER) return 'no limit';
  if (typeof value !== 'object') return String(value);
  if (depth > DEEPEST) return '…';
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'item' : 'items'}`;
  return objectText(value as Fields, depth);
}

/** The fields beside the name, `policyKey 0, awaitsReply true`; empty for none. */
export function fieldsText(value: object, depth = 0): string {
  const fields = Object.entries(value).filter(([name]) => !isName(name));
  const shown = fields.slice(0, MOST).map(([name, field]) => `${name} ${valueText(field, depth + 1)}`);
  return [...shown, ...(fields.length > MOST ? [`${fields.length - MOST} more`] : [])].join(', ');
}

type Fields = Readonly<Record<string, unknown>>;

const LONGEST = 64;
const DEEPEST = 3;
const MOST = 6;

function objectText(value: Fields, depth: number): string {
  const name = value.kind ?? value.type;
  const fields = fieldsText(value, depth);
  if (typeof name !== 'string') return `(${fields})`;
  return fields === '' ? name : `${name} (${fields})`;
}

function isName(name: string): boolean {
  return name === 'kind' || name === 'type';
}
