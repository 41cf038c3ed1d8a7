// Chance that can be had again: the same seed, the same draws.

export interface Chance {
  /** From 0 up to, and without, 1. */
  draw(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  /** True in so many cases of 1. */
  happens(share: number): boolean;
  /** One of these. */
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: 32 bits of state, good enough for drawing schedules. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1));
  return { draw, between, happens: (share) => draw() < share, pick: (from) => from[between(0, from.length - 1)]! };
}
