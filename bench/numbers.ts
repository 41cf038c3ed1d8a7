// Figures as the bench prints them.

/** The value below which `share` of the numbers lie (nearest rank). */
export function percentile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? NaN;
}

export function mean(numbers: number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
}

/** `0.076 ± 0.036`: the mean of paired differences and its 95 % interval. */
export function interval(differences: number[]): string {
  const middle = mean(differences);
  const error = Math.sqrt(mean(differences.map((x) => (x - middle) ** 2)) / (differences.length - 1));
  return `${middle.toFixed(3)} ± ${(1.96 * error).toFixed(3)}`;
}

/** `3.1 / 8.7 / 16` milliseconds at p50, p95 and p99. */
export function spread(ms: number[]): string {
  return [0.5, 0.95, 0.99].map((share) => round(percentile(ms, share))).join(' / ');
}

export function round(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0);
}

/** Lines in columns, the first row as the head. */
export function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd();
  return [line(rows[0]!), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.slice(1).map(line)].join('\n');
}

/** A share or a correlation: three decimals, `–` where there is none. */
export function round3(n: number): string {
  return Number.isFinite(n) ? n.toFixed(3) : '–';
}
