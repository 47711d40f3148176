// Sums and averages in NumPy's order, so that reports agree with scikit-learn's to the last digit printed.

/** Sum as NumPy takes it: eight running sums up to 128 numbers, halves beyond that (numpy, pairwise_sum). */
export function sum(values: ArrayLike<number>, start = 0, length = values.length): number {
  if (length < 8) {
    let total = 0;
    for (let i = 0; i < length; i++) total += values[start + i];
    return total;
  }
  if (length > 128) {
    const half = Math.floor(length / 2) - Math.floor(length / 2) % 8;
    return sum(values, start, half) + sum(values, start + half, length - half);
  }
  const r = Array.from({ length: 8 }, (_, i) => values[start + i]);
  let i = 8;
  for (; i + 8 <= length; i += 8) for (let k = 0; k < 8; k++) r[k] += values[start + i + k];
  let total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
  for (; i < length; i++) total += values[start + i];
  return total;
}

/** Mean of the values; NaN where there are none. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** Mean by weight. NaN values are left out; where all weights left are 0 the plain mean of the values is taken. */
export function meanWithoutNaN(values: readonly number[], weights?: readonly number[]): number {
  const kept = values.map((_, i) => i).filter((i) => !Number.isNaN(values[i]));
  const numbers = kept.map((i) => values[i]);
  const shares = weights && kept.map((i) => weights[i]);
  if (!shares || sum(shares) === 0) return mean(numbers);
  return sum(numbers.map((value, i) => value * shares[i])) / sum(shares);
}

/** Rows of a (rows, columns) array, given as nested arrays or as `{ data, shape }`. Throws where it has another rank. */
export function rowsOf(scores: Scores, metric: string): number[][] {
  if (!("data" in scores)) return scores.map((row) => Array.from(row));
  const { data, shape } = scores;
  if (shape.length !== 2) {
    throw new RangeError(`${metric}: scores have shape (${shape.join(", ")}); expected (rows, classes).`);
  }
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => data[r * columns + c]));
}

/** Scores of every class for every row: `number[][]` or `{ data, shape: [rows, classes] }`. */
export type Scores = readonly ArrayLike<number>[] | {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
};

/** Throws unless each row sums to 1 within float32's rounding, as probabilities do. */
export function checkProbabilities(rows: readonly number[][], metric: string): void {
  const at = rows.findIndex((row) => !(Math.abs(sum(row) - 1) <= 1e-5));
  if (at < 0) return;
  throw new RangeError(
    `${metric}: row ${at} of the scores sums to ${sum(rows[at])}; expected probabilities (apply softmax).`,
  );
}
