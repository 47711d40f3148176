// How sure a score is: the interval that it falls into when the rows of the test set are drawn again and again (Efron & Tibshirani 1993,
// section 13.3: the percentile interval).

import { Random } from "../tensor/mod.ts";
import { checkLengths, type Label, labelList, type Labels } from "./labels.ts";
import { mean, sum } from "./numbers.ts";

/** How often rows are drawn, and how wide the interval is; scipy.stats.bootstrap's names. */
export interface BootstrapOptions {
  /** Sets of rows drawn; default 9999. */
  nResamples?: number;
  /** Share of them whose score lies inside; default 0.95. */
  confidenceLevel?: number;
  /** The same seed gives the same interval; default 0. */
  seed?: number;
}

/** A score, and what it might have been on other rows of the same kind. */
export interface BootstrapInterval {
  /** Of the rows as they are. */
  readonly score: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation over the sets drawn. */
  readonly standardError: number;
}

/**
 * The interval of `metric(yTrue, yPred)`: rows are drawn with replacement, label and prediction together (scipy.stats.bootstrap with
 * `paired=True, method="percentile"`). Sets for which the metric is NaN are left out. It says nothing of other seeds of the training.
 * @throws RangeError where the columns differ in length, are empty, or an option is out of its range
 */
export function bootstrapInterval(
  metric: (yTrue: Labels, yPred: Labels) => number,
  yTrue: Labels,
  yPred: Labels,
  { nResamples = 9999, confidenceLevel = 0.95, seed = 0 }: BootstrapOptions = {},
): BootstrapInterval {
  const name = "bootstrapInterval";
  const columns = [labelList(yTrue, name), labelList(yPred, name)] as const;
  const rows = columns[0].length;
  checkLengths(rows, columns[1].length, name);
  if (!Number.isInteger(nResamples) || nResamples < 1) {
    throw new RangeError(`${name}: nResamples is ${nResamples}; it must be a whole number from 1.`);
  }
  if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
    throw new RangeError(`${name}: confidenceLevel is ${confidenceLevel}; it must lie between 0 and 1.`);
  }
  const random = new Random(seed);
  const drawn: [Label[], Label[]] = [new Array(rows), new Array(rows)];
  const scores = Array.from({ length: nResamples }, () => {
    for (let i = 0; i < rows; i++) {
      const row = random.integer(rows);
      drawn[0][i] = columns[0][row];
      drawn[1][i] = columns[1][row];
    }
    return metric(...drawn);
  }).filter((score) => !Number.isNaN(score)).sort((a, b) => a - b);
  const outside = (1 - confidenceLevel) / 2, middle = mean(scores);
  const squares = sum(scores.map((score) => (score - middle) ** 2));
  return {
    score: metric(...columns),
    low: quantile(scores, outside),
    high: quantile(scores, 1 - outside),
    standardError: Math.sqrt(squares / (scores.length - 1)),
  };
}

/** The value below which that share of the sorted values lies, between two of them in proportion (numpy.quantile); NaN where there are none. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1), below = Math.floor(place);
  const next = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (place - below) * (next - sorted[below]);
}
