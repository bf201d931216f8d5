/** Whether two decoded values are the same: plain data, bytes, maps. NaN is NaN, and -0 is 0. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other || (Number.isNaN(one) && Number.isNaN(other));
  }
  if (one instanceof Uint8Array) return other instanceof Uint8Array && isSameBytes(one, other);
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (one instanceof Map) return other instanceof Map && isSame([...one], [...other]);
  const keys = Object.keys(one) as (keyof typeof one)[];
  return (
    !Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
