/** What an alternative is: by line what changes and why; lines that are as they were are left out. */

/** Whether two contents say the same. */
export function same(one, other) {
  return differing(one, other).length === 0;
}

/** The lines in which two contents differ. */
export function differing(one, other) {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => {
    const [a, b] = [one[key] ?? NOTHING, other[key] ?? NOTHING];
    return a.change !== b.change || a.reason !== b.reason;
  });
}

export const NOTHING = Object.freeze({ change: 0, reason: "" });
