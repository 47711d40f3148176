// Correlation of two columns of numbers: along a line (Pearson) and by rank (Spearman).

import { checkLengths } from "./labels.ts";
import { mean, sum } from "./numbers.ts";

/** Pearson correlation, -1 to 1; NaN where a column is constant. Throws below two rows (scipy.stats.pearsonr). */
export function pearsonr(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) checkLengths(x.length, y.length, "pearsonr");
  if (x.length < 2) throw new RangeError(`pearsonr: ${x.length} rows given; at least 2 are needed.`);
  const dx = centered(x), dy = centered(y);
  const product = norm(dx) * norm(dy);
  if (product === 0) return NaN;
  const correlation = sum(dx.map((value, i) => value * dy[i])) / product;
  return Math.max(-1, Math.min(1, correlation));
}

/** Spearman correlation: Pearson's of the ranks, ties sharing their mean rank. NaN below two rows (scipy.stats.spearmanr). */
export function spearmanr(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) checkLengths(x.length, y.length, "spearmanr");
  return x.length < 2 ? NaN : pearsonr(ranks(x), ranks(y));
}

function centered(values: ArrayLike<number>): number[] {
  const middle = mean(values);
  return Array.from(values, (value) => value - middle);
}

function norm(values: readonly number[]): number {
  return Math.sqrt(sum(values.map((value) => value * value)));
}

/** Rank of each value from 1; equal values get the mean of the ranks they take up. */
function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranked = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranked[order[i]] = (start + end + 1) / 2;
  }
  return ranked;
}
