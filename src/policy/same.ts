/** Whether two values of plain data are alike: lists in order, objects whatever the order of their properties. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other;
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))];
  if (Array.isArray(one) !== Array.isArray(other) || entries.length !== others.size) return false;
  return entries.every(([key, value]) => others.has(key) && isSameValue(value, others.get(key)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
