/** A function of small numbers that is asked the same again and again. */
export function remembered<T>(answer: (one: number, other: number, third: number) => T) {
  const known = new Map<number, T>();
  return (one: number, other: number, third = 0): T => {
    const asked = (one * 0x10_0000 + other) * 0x40 + third;
    const remembered = known.get(asked);
    if (remembered !== undefined) return remembered;
    const answered = answer(one, other, third);
    known.set(asked, answered);
    return answered;
  };
}
