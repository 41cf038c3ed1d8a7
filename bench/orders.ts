// How well one order of things agrees with another.

/**
 * Of the `k` with the highest scores, the share that is among the `k` of highest truth. Ties are not broken by luck: each
 * of n that compete for m places counts m/n.
 */
export function precisionAt(k: number, scores: number[], truth: number[]): number {
  const most = Math.min(k, scores.length);
  const [said, is] = [places(scores, most), places(truth, most)];
  return said.reduce((sum, share, i) => sum + share * is[i]!, 0) / most;
}

/** Spearman's rank correlation, −1 to 1: Pearson's of the ranks, ties at their mean rank. NaN where all are equal. */
export function spearman(a: number[], b: number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  const sum = (of: (i: number) => number) => a.reduce((total, _, i) => total + of(i), 0);
  const [xy, xx, yy] = [sum((i) => (x[i]! - middle) * (y[i]! - middle)), sum((i) => (x[i]! - middle) ** 2), sum((i) => (y[i]! - middle) ** 2)];
  return xy / Math.sqrt(xx * yy);
}

/** How much of the first `k` places each has: 1, 0, or its share of those that ties compete for. */
function places(values: number[], k: number): number[] {
  return values.map((value) => {
    const above = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return Math.min(1, Math.max(0, (k - above) / equal));
  });
}

/** 1 for the lowest. */
function ranks(values: number[]): number[] {
  return values.map((value) => values.filter((other) => other < value).length + (values.filter((other) => other === value).length + 1) / 2);
}
