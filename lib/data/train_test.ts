// Which rows go to the training part and which to the test part: Datasets' rules and, for the same seed, Datasets' rows.

import { globalRandom } from "../tensor/mod.ts";
import { NumpyRandom } from "./numpy_random.ts";

export interface TrainTestOptions {
  /** Rows of the test part: a share below 1, or a count. Default 0.25, or what trainSize leaves. */
  readonly testSize?: number;
  /** Rows of the training part; default what testSize leaves. */
  readonly trainSize?: number;
  /** Default true. */
  readonly shuffle?: boolean;
  /** Default: drawn from the global stream, which `setSeed` starts. */
  readonly seed?: number;
  /** A ClassLabel column whose classes shall have the same shares in both parts. */
  readonly stratifyByColumn?: string;
}

export interface TrainTestRows {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** A seed that is given, or one that the global stream decides. */
export function seedOr(seed: number | undefined): number {
  return seed ?? globalRandom.bits();
}

/**
 * Splits the rows 0 … n-1; with `labels`, each class by itself.
 * @throws RangeError where a part would be empty or too large, or a class has fewer than two rows
 */
export function trainTestRows(n: number, options: TrainTestOptions, labels?: ArrayLike<number>): TrainTestRows {
  const { trainCount, testCount } = countRows(n, options);
  if (options.shuffle === false) {
    if (labels) throw new RangeError("trainTestSplit: stratifyByColumn needs shuffle: true.");
    const rows = Int32Array.from({ length: trainCount + testCount }, (_, row) => row);
    return { train: rows.slice(0, trainCount), test: rows.slice(trainCount) };
  }
  const random = new NumpyRandom(seedOr(options.seed));
  if (labels) return stratify(labels, trainCount, testCount, random);
  const rows = random.permutation(n);
  return { test: rows.slice(0, testCount), train: rows.slice(testCount, testCount + trainCount) };
}

function countRows(n: number, { testSize, trainSize }: TrainTestOptions) {
  const checked = (name: string, size: number | undefined, round: (x: number) => number): number | undefined => {
    if (size === undefined) return undefined;
    if (size > 0 && size < 1) return round(size * n);
    if (Number.isInteger(size) && size > 0 && size < n) return size;
    throw new RangeError(
      `trainTestSplit: ${name} is ${size}; it must be a share between 0 and 1, or a count from 1 to ${n - 1}.`,
    );
  };
  const test = checked("testSize", testSize ?? (trainSize === undefined ? 0.25 : undefined), Math.ceil);
  const train = checked("trainSize", trainSize, Math.floor);
  const testCount = test ?? n - (train ?? 0);
  const trainCount = train ?? n - testCount;
  if (trainCount + testCount > n || trainCount < 1 || testCount < 1) {
    throw new RangeError(
      `trainTestSplit: ${trainCount} training and ${testCount} test rows cannot come from ${n}; choose other sizes.`,
    );
  }
  return { trainCount, testCount };
}

/** scikit-learn's StratifiedShuffleSplit as Datasets has it. */
function stratify(
  labels: ArrayLike<number>,
  trainCount: number,
  testCount: number,
  random: NumpyRandom,
): TrainTestRows {
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const rows = byClass.get(labels[row]);
    if (rows) rows.push(row);
    else byClass.set(labels[row], [row]);
  }
  const classes = [...byClass.keys()].sort((a, b) => a - b).map((label) => ({ label, rows: byClass.get(label) ?? [] }));
  const lonely = classes.find(({ rows }) => rows.length < 2);
  if (lonely) {
    throw new RangeError(
      `trainTestSplit: class ${lonely.label} has one row; to stratify, each class needs two or more.`,
    );
  }
  if (Math.min(trainCount, testCount) < classes.length) {
    throw new RangeError(
      `trainTestSplit: ${trainCount} training and ${testCount} test rows are too few for ${classes.length} classes.`,
    );
  }
  const counts = classes.map(({ rows }) => rows.length);
  const trainCounts = shareOut(counts, trainCount, random);
  const testCounts = shareOut(counts.map((count, i) => count - trainCounts[i]), testCount, random);
  const parts = classes.map(({ rows }, i) => {
    const shuffled = Array.from(random.permutation(rows.length), (at) => rows[at]);
    const end = trainCounts[i] + testCounts[i];
    return { train: shuffled.slice(0, trainCounts[i]), test: shuffled.slice(trainCounts[i], end) };
  });
  const train = random.shuffle(Int32Array.from(parts.flatMap((part) => part.train)));
  return { train, test: random.shuffle(Int32Array.from(parts.flatMap((part) => part.test))) };
}

/** `draws` shared out in proportion to the counts; what rounding leaves goes to the largest remainders, ties by lot. */
function shareOut(counts: readonly number[], draws: number, random: NumpyRandom): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => draws * count / total);
  const shares = exact.map(Math.floor);
  let left = draws - shares.reduce((sum, share) => sum + share, 0);
  const remainders = exact.map((share, i) => share - shares[i]);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left === 0) break;
    const tied = remainders.flatMap((other, i) => other === remainder ? [i] : []);
    const winners = random.choice(tied.length, Math.min(tied.length, left));
    for (const winner of winners) shares[tied[winner]]++;
    left -= winners.length;
  }
  return shares;
}
